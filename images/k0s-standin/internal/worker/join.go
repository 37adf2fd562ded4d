package worker

import (
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"

	"k8s.io/client-go/tools/clientcmd"

	"vmlab.test/k0s-standin/internal/jointoken"
	"vmlab.test/k0s-standin/internal/kubeaccess"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/pki"
)

// access is how a worker reaches the API.
type access struct {
	// kubeconfig is the one to ask with now, bootstrap the one to join with;
	// that is empty on a node that has joined.
	kubeconfig, bootstrap string
	// address is this node's, as the API's node would see it.
	address string
}

// join finds out how to reach the API. A node that has joined never reads its
// token again. It has joined when its kubeconfig leads to a certificate, not
// only when it is there.
func join(files layout.Layout, options Options) (access, error) {
	if _, err := kubeaccess.Config(files.KubeletConf()); err == nil {
		return reach(access{kubeconfig: files.KubeletConf()})
	}
	text := options.JoinToken
	if text == "" {
		if options.TokenFile == "" {
			return access{}, errors.New("a worker needs a join token: give it, or --token-file")
		}
		content, err := os.ReadFile(options.TokenFile)
		if err != nil {
			return access{}, err
		}
		text = string(content)
	}
	kubeconfig, err := jointoken.Decode(text, jointoken.Worker)
	if err != nil {
		return access{}, err
	}
	path := filepath.Join(layout.RunDir, "kubelet-bootstrap.conf")
	if err := os.WriteFile(path, kubeconfig, 0o600); err != nil {
		return access{}, err
	}
	config, err := clientcmd.RESTConfigFromKubeConfig(kubeconfig)
	if err != nil {
		return access{}, err
	}
	if err := os.WriteFile(files.PKIFile("ca.crt"), config.CAData, 0o644); err != nil {
		return access{}, err
	}
	return reach(access{kubeconfig: path, bootstrap: path})
}

// reach adds the address from which this node reaches the API. No packet is
// sent for it.
func reach(a access) (access, error) {
	config, err := clientcmd.BuildConfigFromFlags("", a.kubeconfig)
	if err != nil {
		return access{}, err
	}
	api, err := url.Parse(config.Host)
	if err != nil {
		return access{}, err
	}
	connection, err := net.Dial("udp", net.JoinHostPort(api.Hostname(), "9"))
	if err != nil {
		return access{}, err
	}
	defer connection.Close()
	a.address = connection.LocalAddr().(*net.UDPAddr).IP.String()
	return a, nil
}

// servingCertificate makes the kubelet's own certificate: the API does not
// ask who signed it, and this is cheaper than what the kubelet would make.
func servingCertificate(files layout.Layout, node, address string) error {
	dir := filepath.Join(files.Kubelet(), "pki")
	authority, err := pki.OpenAuthority(dir, "serving-ca", node+"-ca")
	if err != nil {
		return err
	}
	_, _, err = authority.Issue(dir, pki.Leaf{Name: "serving", CommonName: "system:node:" + node,
		Hosts: []string{node}, Addresses: []net.IP{net.ParseIP(address)}})
	return err
}
