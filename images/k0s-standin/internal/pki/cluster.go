package pki

import (
	"net"
	"os"
	"path/filepath"
	"slices"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
)

// masters is the group whose members may do everything.
const masters = "system:masters"

// clients are the control plane's users of the API; each gets a kubeconfig.
//
// The controller manager is of system:masters: with one identity for all its
// controllers it need not fetch a token for each of them at start.
var clients = []Leaf{
	{Name: "admin", CommonName: "kubernetes-admin", Organizations: []string{masters}},
	{Name: "ccm", CommonName: "system:kube-controller-manager", Organizations: []string{masters}},
	{Name: "scheduler", CommonName: "system:kube-scheduler"},
}

// PrepareController makes everything a controller's components show each
// other, and keeps what exists.
func PrepareController(files layout.Layout, cluster clusterconfig.Cluster, node string) error {
	dir := files.PKI()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	ca, err := OpenAuthority(dir, "ca", "kubernetes-ca")
	if err != nil {
		return err
	}
	proxyCA, err := OpenAuthority(dir, "front-proxy-ca", "kubernetes-front-proxy-ca")
	if err != nil {
		return err
	}
	if err := EnsureServiceAccountKeys(dir); err != nil {
		return err
	}
	for _, server := range []Leaf{
		apiServer("server", "kube-apiserver", cluster, node), apiServer("k0s-api", "k0s-api", cluster, node),
	} {
		if _, _, err := ca.Issue(dir, server); err != nil {
			return err
		}
	}
	if _, _, err := ca.Issue(dir, Leaf{Name: "apiserver-kubelet-client",
		CommonName: "apiserver-kubelet-client", Organizations: []string{masters}}); err != nil {
		return err
	}
	if _, _, err := proxyCA.Issue(dir, Leaf{Name: "front-proxy-client", CommonName: "front-proxy-client"}); err != nil {
		return err
	}
	for _, client := range clients {
		if err := ca.issueKubeconfig(dir, filepath.Join(dir, client.Name+".conf"), cluster.LocalURL(), client); err != nil {
			return err
		}
	}
	return nil
}

// PrepareOwnWorker makes what the kubelet on a controller needs; there the
// authority is at hand, so it need not ask for certificates.
func PrepareOwnWorker(files layout.Layout, cluster clusterconfig.Cluster, node string) error {
	dir := files.PKI()
	ca, err := OpenAuthority(dir, "ca", "kubernetes-ca")
	if err != nil {
		return err
	}
	if _, _, err := ca.Issue(dir, Leaf{Name: "kubelet-server", CommonName: "system:node:" + node,
		Organizations: []string{"system:nodes"}, Hosts: []string{node},
		Addresses: []net.IP{net.ParseIP(cluster.Spec.API.Address)}}); err != nil {
		return err
	}
	return ca.issueKubeconfig(dir, files.KubeletConf(), cluster.LocalURL(), Leaf{Name: "kubelet-client",
		CommonName: "system:node:" + node, Organizations: []string{"system:nodes"}})
}

func (a *Authority) issueKubeconfig(dir, path, server string, leaf Leaf) error {
	certificate, key, err := a.Issue(dir, leaf)
	if err != nil {
		return err
	}
	config, err := a.clientKubeconfig(server, leaf.CommonName, certificate, key)
	if err != nil {
		return err
	}
	return writeChanged(path, config)
}

// apiServer names all the ways by which clients address a controller's APIs.
func apiServer(name, commonName string, cluster clusterconfig.Cluster, node string) Leaf {
	domain := cluster.Spec.Network.ClusterDomain
	leaf := Leaf{
		Name:       name,
		CommonName: commonName,
		Hosts: []string{"localhost", node, "kubernetes", "kubernetes.default",
			"kubernetes.default.svc", "kubernetes.default.svc." + domain},
		Addresses: []net.IP{net.IPv4(127, 0, 0, 1), net.ParseIP(cluster.Spec.API.Address),
			cluster.Spec.Network.APIServiceIP().AsSlice()},
	}
	names := slices.Clone(cluster.Spec.API.SANs)
	if external := cluster.Spec.API.ExternalHost(); external != "" {
		names = append(names, external)
	}
	for _, name := range names {
		if address := net.ParseIP(name); address != nil {
			leaf.Addresses = append(leaf.Addresses, address)
		} else {
			leaf.Hosts = append(leaf.Hosts, name)
		}
	}
	return leaf
}
