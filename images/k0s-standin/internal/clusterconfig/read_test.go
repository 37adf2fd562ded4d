package clusterconfig

import (
	"strings"
	"testing"
)

func TestWhatIsNotSaidHasADefault(t *testing.T) {
	cluster, err := Parse([]byte(`
apiVersion: k0s.k0sproject.io/v1beta1
kind: ClusterConfig
spec:
  api: {address: 10.77.0.10, sans: [cp.lab], extraArgs: {v: "2"}}
  storage: {type: etcd, etcd: {peerAddress: 10.77.0.10}}
  telemetry: {enabled: false}
  images: {default_pull_policy: Never}
`))
	if err != nil {
		t.Fatal(err)
	}
	if got := cluster.URL(); got != "https://10.77.0.10:6443" {
		t.Errorf("URL is %s", got)
	}
	if got := cluster.Spec.Network.PodCIDR; got != "10.244.0.0/16" {
		t.Errorf("podCIDR is %s", got)
	}
	if got := cluster.Spec.Network.DNSServiceIP().String(); got != "10.96.0.10" {
		t.Errorf("DNS is %s", got)
	}
	if got := cluster.Spec.Network.APIServiceIP().String(); got != "10.96.0.1" {
		t.Errorf("API service is %s", got)
	}
	if got := cluster.Spec.API.ExtraArgs["v"]; got != "2" {
		t.Errorf("extraArgs.v is %q", got)
	}
}

func TestEveryProblemIsReportedAtOnce(t *testing.T) {
	_, err := Parse([]byte(`
kind: Cluster
spec:
  api: {address: nowhere}
  network: {podCIDR: x}
  images: {default_pull_policy: Sometimes}
`))
	if err == nil {
		t.Fatal("accepted")
	}
	for _, part := range []string{"ClusterConfig", "spec.api.address", "podCIDR", "default_pull_policy"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("no word of %s in %q", part, err)
		}
	}
}

func TestAnExternalAddressIsWhereClientsGo(t *testing.T) {
	cluster := Default()
	cluster.Spec.API.Address, cluster.Spec.API.ExternalAddress = "10.77.0.11", "10.77.0.1"
	for got, want := range map[string]string{
		cluster.URL(): "https://10.77.0.1:6443", cluster.ControlURL(): "https://10.77.0.1:9443",
		cluster.LocalURL(): "https://127.0.0.1:6443",
	} {
		if got != want {
			t.Errorf("%s, expected %s", got, want)
		}
	}
	cluster.Spec.API.ExternalAddress = "api.lab:443"
	if got := cluster.URL(); got != "https://api.lab:443" || cluster.Spec.API.ExternalHost() != "api.lab" {
		t.Error(got)
	}
}

func TestDualStackWantsARangeOfEachKind(t *testing.T) {
	text := "kind: ClusterConfig\nspec:\n  api: {address: 10.77.0.10}\n  network: {dualStack: {enabled: true, IPv6podCIDR: 'fd00::/108', IPv6serviceCIDR: %s}}\n"
	cluster, err := Parse([]byte(strings.ReplaceAll(text, "%s", "'fd01::/108'")))
	if err != nil {
		t.Fatal(err)
	}
	if got := cluster.Spec.Network.PodCIDRs(); got != "10.244.0.0/16,fd00::/108" {
		t.Errorf("pods have %s", got)
	}
	if got := cluster.Spec.Network.ServiceCIDRs(); got != "10.96.0.0/12,fd01::/108" {
		t.Errorf("services have %s", got)
	}
	if _, err := Parse([]byte(strings.ReplaceAll(text, "%s", "10.1.0.0/16"))); err == nil || !strings.Contains(err.Error(), "IPv6serviceCIDR") {
		t.Errorf("error is %v", err)
	}
}

func TestANamedFileMustExist(t *testing.T) {
	if _, err := Read(t.TempDir() + "/none.yaml"); err == nil {
		t.Fatal("accepted")
	}
}
