package worker

import (
	"context"
	"encoding/json"
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/kubeaccess"
)

// Settings is what a worker must know of the cluster.
type Settings struct {
	ClusterDNS    string `json:"clusterDNS"`
	ClusterDomain string `json:"clusterDomain"`
	// PodCIDRs are one range, or with dual stack two and a comma.
	PodCIDRs string `json:"podCIDRs"`
	// DualStack says whether nodes have an IPv6 address too.
	DualStack bool `json:"dualStack"`
	// PodNetwork says whether the stand-in connects the pods.
	PodNetwork bool `json:"podNetwork"`
}

// SettingsOf are the settings of a cluster's workers.
func SettingsOf(cluster clusterconfig.Cluster) Settings {
	network := cluster.Spec.Network
	return Settings{
		ClusterDNS:    network.DNSServiceIP().String(),
		ClusterDomain: network.ClusterDomain,
		PodCIDRs:      network.PodCIDRs(),
		DualStack:     network.DualStack.Enabled,
		PodNetwork:    network.Provider != "custom",
	}
}

// JSON is the settings as the controller publishes them.
func (s Settings) JSON() string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // There are only texts and truths in it.
	}
	return string(text)
}

// fetchSettings reads what the controller publishes, as soon as it does.
func fetchSettings(ctx context.Context, kubeconfig string) (Settings, error) {
	config, err := kubeaccess.Config(kubeconfig)
	if err != nil {
		return Settings{}, err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return Settings{}, err
	}
	var settings Settings
	var last error
	err = kubeaccess.Until(ctx, func(ctx context.Context) error {
		found, err := client.CoreV1().ConfigMaps(metav1.NamespaceSystem).Get(ctx, "k0s-worker-settings", metav1.GetOptions{})
		if err == nil {
			err = json.Unmarshal([]byte(found.Data["settings"]), &settings)
		}
		last = err
		return err
	})
	if err != nil {
		return Settings{}, fmt.Errorf("settings of the cluster: %w: %w", err, last)
	}
	return settings, nil
}
