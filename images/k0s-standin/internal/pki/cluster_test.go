package pki

import (
	"bytes"
	"crypto/ecdsa"
	"os"
	"strings"
	"testing"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/kubernetes/cmd/kubeadm/app/util/pkiutil"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
)

func prepared(t *testing.T, sans ...string) (layout.Layout, clusterconfig.Cluster) {
	t.Helper()
	files := layout.Layout{Data: t.TempDir()}
	cluster := clusterconfig.Default()
	cluster.Spec.API.Address = "10.77.0.10"
	cluster.Spec.API.SANs = sans
	if err := PrepareController(files, cluster, "cp"); err != nil {
		t.Fatal(err)
	}
	if err := PrepareOwnWorker(files, cluster, "cp"); err != nil {
		t.Fatal(err)
	}
	return files, cluster
}

func TestASecondStartKeepsEveryFile(t *testing.T) {
	files, cluster := prepared(t)
	before := read(t, files.PKIFile("server.crt"), files.AdminConf(), files.KubeletConf(), files.PKIFile("sa.key"))
	if err := PrepareController(files, cluster, "cp"); err != nil {
		t.Fatal(err)
	}
	after := read(t, files.PKIFile("server.crt"), files.AdminConf(), files.KubeletConf(), files.PKIFile("sa.key"))
	if !bytes.Equal(before, after) {
		t.Error("a file changed")
	}
}

func TestANewNameOfTheAPIMakesANewCertificate(t *testing.T) {
	files, cluster := prepared(t)
	cluster.Spec.API.SANs = []string{"cp.lab", "192.0.2.7"}
	if err := PrepareController(files, cluster, "cp"); err != nil {
		t.Fatal(err)
	}
	certificate, key, err := pkiutil.TryLoadCertAndKeyFromDisk(files.PKI(), "server")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"cp", "cp.lab", "192.0.2.7", "10.96.0.1", "127.0.0.1", "kubernetes.default.svc.cluster.local"} {
		if err := certificate.VerifyHostname(name); err != nil {
			t.Error(err)
		}
	}
	if _, ok := key.(*ecdsa.PrivateKey); !ok {
		t.Errorf("key is a %T", key)
	}
}

func TestTheAdminKubeconfigNamesTheMissingCertificate(t *testing.T) {
	_, err := AdminKubeconfig(layout.Layout{Data: "/var/lib/no-k0s"}, clusterconfig.Default())
	if err == nil || !strings.Contains(err.Error(), "/var/lib/no-k0s/pki/admin.crt") {
		t.Errorf("error is %v", err)
	}
}

func TestTheAdminKubeconfigLeadsToThePublicAddress(t *testing.T) {
	files, cluster := prepared(t)
	text, err := AdminKubeconfig(files, cluster)
	if err != nil {
		t.Fatal(err)
	}
	config, err := clientcmd.RESTConfigFromKubeConfig(text)
	if err != nil {
		t.Fatal(err)
	}
	if config.Host != "https://10.77.0.10:6443" {
		t.Errorf("host is %s", config.Host)
	}
}

func read(t *testing.T, paths ...string) []byte {
	t.Helper()
	var all []byte
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, content...)
	}
	return all
}
