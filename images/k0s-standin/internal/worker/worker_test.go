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
	if routesTo(node) != nil {
		t.Error("a route to nowhere")
	}
	node.Spec.PodCIDRs = []string{"10.244.1.0/24", "fd00::800/117"}
	node.Status.Addresses = []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: "10.77.0.11"}}
	routes := routesTo(node)
	if len(routes) != 1 || routes[0].Dst.String() != "10.244.1.0/24" || routes[0].Gw.String() != "10.77.0.11" {
		t.Errorf("routes are %v", routes)
	}
	node.Status.Addresses = append(node.Status.Addresses, corev1.NodeAddress{Type: corev1.NodeInternalIP, Address: "fd12::b"})
	routes = routesTo(node)
	if len(routes) != 2 || routes[1].Dst.String() != "fd00::800/117" || routes[1].Gw.String() != "fd12::b" {
		t.Errorf("routes are %v", routes)
	}
}

func TestACustomProviderGetsNoPodNetwork(t *testing.T) {
	cluster := clusterconfig.Default()
	cluster.Spec.Network.Provider = "custom"
	if SettingsOf(cluster).PodNetwork {
		t.Error("it gets one")
	}
}
