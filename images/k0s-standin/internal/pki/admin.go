package pki

import (
	"fmt"
	"os"

	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
)

// AdminKubeconfig is what `k0s kubeconfig admin` prints: the administrator's
// access to the API's public address. Before the cluster was initialised it
// fails, and the error names the file that is missing.
func AdminKubeconfig(files layout.Layout, cluster clusterconfig.Cluster) ([]byte, error) {
	certificate, err := os.ReadFile(files.PKIFile("admin.crt"))
	if err != nil {
		return nil, fmt.Errorf("failed to read admin certificate: %w: check that the control plane is initialized on this node", err)
	}
	key, err := os.ReadFile(files.PKIFile("admin.key"))
	if err != nil {
		return nil, err
	}
	ca, err := os.ReadFile(files.PKIFile("ca.crt"))
	if err != nil {
		return nil, err
	}
	return Kubeconfig(cluster.URL(), ca, "user", &clientcmdapi.AuthInfo{
		ClientCertificateData: certificate, ClientKeyData: key,
	})
}
