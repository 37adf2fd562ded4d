package pki

import (
	"crypto"
	"crypto/x509"
	"fmt"
	"net"
	"slices"
	"time"

	certutil "k8s.io/client-go/util/cert"
	"k8s.io/kubernetes/cmd/kubeadm/app/util/pkiutil"
)

// Leaf describes a certificate that an authority signs.
type Leaf struct {
	// Name is that of the files, without .crt and .key.
	Name string
	// CommonName and Organizations are whom the certificate names.
	CommonName    string
	Organizations []string
	// Addresses and Hosts are set for servers, and make the certificate one.
	Addresses []net.IP
	Hosts     []string
	// Peer makes a server's certificate a client's too.
	Peer bool
}

// renewBefore is how much life a kept certificate must have left.
const renewBefore = 30 * 24 * time.Hour

// Issue returns the certificate and key in <dir>/<leaf.Name>.{crt,key}. It
// makes them unless they exist, are signed by this authority, and say what
// the leaf says.
func (a *Authority) Issue(dir string, leaf Leaf) (*x509.Certificate, crypto.Signer, error) {
	if pkiutil.CertOrKeyExist(dir, leaf.Name) {
		certificate, key, err := pkiutil.TryLoadCertAndKeyFromDisk(dir, leaf.Name)
		if err == nil && a.stands(certificate, leaf) {
			return certificate, key, nil
		}
	}
	certificate, key, err := pkiutil.NewCertAndKey(a.certificate, a.key, &pkiutil.CertConfig{
		Config: certutil.Config{
			CommonName:   leaf.CommonName,
			Organization: leaf.Organizations,
			AltNames:     certutil.AltNames{DNSNames: leaf.Hosts, IPs: leaf.Addresses},
			Usages:       leaf.usages(),
		},
		NotAfter:            a.certificate.NotAfter,
		EncryptionAlgorithm: keyAlgorithm,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("certificate %s: %w", leaf.Name, err)
	}
	return certificate, key, pkiutil.WriteCertAndKey(dir, leaf.Name, certificate, key)
}

func (l Leaf) usages() []x509.ExtKeyUsage {
	if l.Peer {
		return []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	}
	if len(l.Addresses)+len(l.Hosts) > 0 {
		return []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	}
	return []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
}

// stands says whether a certificate found on disk can be kept.
func (a *Authority) stands(found *x509.Certificate, leaf Leaf) bool {
	if found.CheckSignatureFrom(a.certificate) != nil || time.Now().Add(renewBefore).After(found.NotAfter) {
		return false
	}
	if found.Subject.CommonName != leaf.CommonName || !slices.Equal(found.Subject.Organization, leaf.Organizations) {
		return false
	}
	for _, address := range leaf.Addresses {
		if found.VerifyHostname(address.String()) != nil {
			return false
		}
	}
	for _, host := range leaf.Hosts {
		if found.VerifyHostname(host) != nil {
			return false
		}
	}
	return true
}
