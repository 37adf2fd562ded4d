package worker

import (
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
)

func TestAWorkerWithoutATokenSaysWhatItNeeds(t *testing.T) {
	_, err := join(layout.Layout{Data: t.TempDir()}, Options{})
	if err == nil || !strings.Contains(err.Error(), "--token-file") {
		t.Errorf("error is %v", err)
	}
}

func TestAMissingTokenFileIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "token")
	_, err := join(layout.Layout{Data: t.TempDir()}, Options{TokenFile: path})
	if err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error is %v", err)
	}
}

func TestARouteLeadsToTheNodeOfThePods(t *testing.T) {
	node := corev1.Node{}
	if routeTo(node) != nil {
		t.Error("a route to nowhere")
	}
	node.Spec.PodCIDR = "10.244.1.0/24"
	node.Status.Addresses = []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: "10.77.0.11"}}
	route := routeTo(node)
	if route == nil || route.Dst.String() != "10.244.1.0/24" || route.Gw.String() != "10.77.0.11" {
		t.Errorf("route is %v", route)
	}
}

func TestACustomProviderGetsNoPodNetwork(t *testing.T) {
	cluster := clusterconfig.Default()
	cluster.Spec.Network.Provider = "custom"
	if SettingsOf(cluster).PodNetwork {
		t.Error("it gets one")
	}
}
