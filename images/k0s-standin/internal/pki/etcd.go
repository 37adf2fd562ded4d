package pki

import (
	"net"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
)

// PrepareEtcd makes what a member of the store shows the others, and the
// authority that all of them trust where this is the first.
func PrepareEtcd(files layout.Layout, cluster clusterconfig.Cluster) error {
	authority, err := OpenAuthority(files.EtcdPKI(), "ca", "etcd-ca")
	if err != nil {
		return err
	}
	address := cluster.Spec.Storage.Etcd.PeerAddress
	_, _, err = authority.Issue(files.EtcdPKI(), Leaf{Name: "peer", CommonName: address,
		Organizations: []string{"etcd-peer"}, Addresses: []net.IP{net.ParseIP(address)}, Peer: true})
	return err
}
