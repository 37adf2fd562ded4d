package pki

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"errors"
	"io/fs"
	"os"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/client-go/util/keyutil"
	"k8s.io/kubernetes/cmd/kubeadm/app/util/pkiutil"
)

// ClusterName is what cluster and context are called in every kubeconfig.
const ClusterName = "k0s"

// Kubeconfig describes how to reach a cluster, and as whom.
func Kubeconfig(server string, ca []byte, user string, auth *clientcmdapi.AuthInfo) ([]byte, error) {
	config := clientcmdapi.NewConfig()
	config.Clusters[ClusterName] = &clientcmdapi.Cluster{Server: server, CertificateAuthorityData: ca}
	config.AuthInfos[user] = auth
	config.Contexts[ClusterName] = &clientcmdapi.Context{Cluster: ClusterName, AuthInfo: user}
	config.CurrentContext = ClusterName
	return clientcmd.Write(*config)
}

// clientKubeconfig is a Kubeconfig whose user holds a client certificate.
func (a *Authority) clientKubeconfig(server, user string, certificate *x509.Certificate, key crypto.Signer) ([]byte, error) {
	encodedKey, err := keyutil.MarshalPrivateKeyToPEM(key)
	if err != nil {
		return nil, err
	}
	return Kubeconfig(server, a.CertificatePEM(), user, &clientcmdapi.AuthInfo{
		ClientCertificateData: pkiutil.EncodeCertPEM(certificate),
		ClientKeyData:         encodedKey,
	})
}

// writeChanged writes a private file unless it says just this already.
func writeChanged(path string, content []byte) error {
	found, err := os.ReadFile(path)
	if err == nil && bytes.Equal(found, content) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.WriteFile(path, content, 0o600)
}
