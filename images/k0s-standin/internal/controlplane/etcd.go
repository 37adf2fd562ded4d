// Package controlplane says how the components of a controller are run.
package controlplane

import (
	"path/filepath"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/supervise"
)

// etcd wants to advertise addresses with ports. Nobody dials these: there is
// no other member, and the API is told of the socket.
const (
	advertisedClient = "http://127.0.0.1:2379"
	advertisedPeer   = "http://127.0.0.1:2380"
)

// Etcd is the single member of the cluster's store. It listens on sockets in
// a folder that only root may enter, so it needs neither ports nor
// certificates.
func Etcd(files layout.Layout, cluster clusterconfig.Cluster) supervise.Process {
	flags := supervise.Flags{
		"name":                        "k0s",
		"data-dir":                    files.Etcd(),
		"listen-client-urls":          "unix://" + layout.EtcdSocket,
		"advertise-client-urls":       advertisedClient,
		"listen-peer-urls":            "unix://" + layout.EtcdPeerSocket,
		"initial-advertise-peer-urls": advertisedPeer,
		"initial-cluster":             "k0s=" + advertisedPeer,
		"enable-grpc-gateway":         "false",
		"log-level":                   "warn",
	}
	return supervise.Process{
		Name: "etcd",
		Path: filepath.Join(files.Bin(), "etcd"),
		Args: flags.With(cluster.Spec.Storage.Etcd.ExtraArgs).Args(),
	}
}
