package controlplane

import (
	"slices"
	"testing"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
)

func TestDualStackReachesTheControlPlane(t *testing.T) {
	cluster := clusterconfig.Default()
	cluster.Spec.Network.DualStack = clusterconfig.DualStack{Enabled: true, IPv6PodCIDR: "fd00::/108", IPv6ServiceCIDR: "fd01::/108"}
	files := layout.Layout{Data: "/var/lib/k0s"}
	args := append(APIServer(files, cluster).Args, ControllerManager(files, cluster, true).Args...)
	for _, want := range []string{"--service-cluster-ip-range=10.96.0.0/12,fd01::/108",
		"--cluster-cidr=10.244.0.0/16,fd00::/108", "--node-cidr-mask-size-ipv6=117"} {
		if !slices.Contains(args, want) {
			t.Errorf("no %s in %v", want, args)
		}
	}
}

func TestExtraArgsWinOverTheStandInsOwn(t *testing.T) {
	cluster := clusterconfig.Default()
	cluster.Spec.API.Address = "10.77.0.10"
	cluster.Spec.ControllerManager.ExtraArgs = map[string]string{"leader-elect": "true", "v": "3"}
	args := ControllerManager(layout.Layout{Data: "/var/lib/k0s"}, cluster, true).Args
	for _, want := range []string{"--leader-elect=true", "--v=3", "--cluster-cidr=10.244.0.0/16",
		"--root-ca-file=/var/lib/k0s/pki/ca.crt"} {
		if !slices.Contains(args, want) {
			t.Errorf("no %s in %v", want, args)
		}
	}
	if slices.Contains(args, "--leader-elect=false") {
		t.Error("a flag is given twice")
	}
}
