// Package controlplane says how the components of a controller are run.
package controlplane

import (
	"path/filepath"
	"strings"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/supervise"
)

// etcd wants to advertise addresses with ports. Nobody dials these: clients
// are on the same machine and told of the socket, and a store that will have
// no other member has no peers.
const (
	advertisedClient = "http://127.0.0.1:2379"
	advertisedPeer   = "http://127.0.0.1:2380"
)

// Member is one member of the cluster's store.
type Member struct {
	Name string
	// Alone says that there will never be another.
	Alone bool
	// Joins are all members as name=URL, this one among them, of a store that
	// is there already; empty for the first member, and for one that starts
	// again.
	Joins []string
}

// Etcd is this controller's member of the store. Its clients come by a socket
// in a folder that only root may enter, so they need neither ports nor
// certificates; other members come over TLS.
func Etcd(files layout.Layout, cluster clusterconfig.Cluster, member Member) supervise.Process {
	flags := supervise.Flags{
		"name":                  member.Name,
		"data-dir":              files.Etcd(),
		"listen-client-urls":    "unix://" + layout.EtcdSocket,
		"advertise-client-urls": advertisedClient,
		"enable-grpc-gateway":   "false",
		"log-level":             "warn",
	}
	return supervise.Process{
		Name: "etcd",
		Path: filepath.Join(files.Bin(), "etcd"),
		Args: flags.With(member.peers(files, cluster)).With(cluster.Spec.Storage.Etcd.ExtraArgs).Args(),
	}
}

func (m Member) peers(files layout.Layout, cluster clusterconfig.Cluster) supervise.Flags {
	if m.Alone {
		return supervise.Flags{
			"listen-peer-urls":            "unix://" + layout.EtcdPeerSocket,
			"initial-advertise-peer-urls": advertisedPeer,
			"initial-cluster":             m.Name + "=" + advertisedPeer,
		}
	}
	url := cluster.Spec.Storage.Etcd.PeerURL()
	flags := supervise.Flags{
		"listen-peer-urls":            url,
		"initial-advertise-peer-urls": url,
		"initial-cluster":             m.Name + "=" + url,
		"peer-client-cert-auth":       "true",
		"peer-trusted-ca-file":        files.EtcdPKIFile("ca.crt"),
		"peer-cert-file":              files.EtcdPKIFile("peer.crt"),
		"peer-key-file":               files.EtcdPKIFile("peer.key"),
	}
	if len(m.Joins) > 0 {
		flags["initial-cluster"] = strings.Join(m.Joins, ",")
		flags["initial-cluster-state"] = "existing"
	}
	return flags
}
