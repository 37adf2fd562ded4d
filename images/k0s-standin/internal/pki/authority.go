// Package pki makes the keys, certificates and kubeconfigs of a cluster, and
// keeps those that are there already. All new keys are ECDSA P-256: RSA costs
// an emulated guest seconds.
package pki

import (
	"crypto"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"time"

	certutil "k8s.io/client-go/util/cert"
	kubeadmapi "k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm"
	"k8s.io/kubernetes/cmd/kubeadm/app/util/pkiutil"
)

const (
	keyAlgorithm = kubeadmapi.EncryptionAlgorithmECDSAP256
	validity     = 10 * 365 * 24 * time.Hour
	// backdate forgives a client whose clock is behind.
	backdate = time.Hour
)

// Authority signs certificates.
type Authority struct {
	dir, name   string
	certificate *x509.Certificate
	key         crypto.Signer
}

// OpenAuthority reads <dir>/<name>.{crt,key}, or makes both when there is no
// certificate yet.
func OpenAuthority(dir, name, commonName string) (*Authority, error) {
	if pkiutil.CertOrKeyExist(dir, name) {
		certificate, key, err := pkiutil.TryLoadCertAndKeyFromDisk(dir, name)
		if err != nil {
			return nil, fmt.Errorf("authority %s: %w", filepath.Join(dir, name), err)
		}
		return &Authority{dir, name, certificate, key}, nil
	}
	now := time.Now()
	certificate, key, err := pkiutil.NewCertificateAuthority(&pkiutil.CertConfig{
		Config:              certutil.Config{CommonName: commonName, NotBefore: now.Add(-backdate)},
		NotAfter:            now.Add(validity),
		EncryptionAlgorithm: keyAlgorithm,
	})
	if err != nil {
		return nil, fmt.Errorf("authority %s: %w", name, err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return &Authority{dir, name, certificate, key}, pkiutil.WriteCertAndKey(dir, name, certificate, key)
}

// CertificatePEM is the authority's own certificate.
func (a *Authority) CertificatePEM() []byte { return pkiutil.EncodeCertPEM(a.certificate) }
