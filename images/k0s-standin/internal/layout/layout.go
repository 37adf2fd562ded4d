// Package layout says where k0s keeps its files.
package layout

import "path/filepath"

// RunDir holds what a reboot may forget: sockets and generated configuration.
const RunDir = "/run/k0s"

// DefaultDataDir is where k0s keeps its state unless --data-dir says otherwise.
const DefaultDataDir = "/var/lib/k0s"

// StatusSocket is where a running k0s answers `k0s status`.
const StatusSocket = RunDir + "/status.sock"

// ContainerdSocket is where the kubelet and tools reach containerd.
const ContainerdSocket = RunDir + "/containerd.sock"

// EtcdRunDir may be entered by root only, so the sockets in it need no
// certificates.
const EtcdRunDir = RunDir + "/etcd"

// EtcdSocket carries etcd's client traffic.
const EtcdSocket = EtcdRunDir + "/client.sock"

// EtcdPeerSocket is the peer address of an etcd that will have no peers.
const EtcdPeerSocket = EtcdRunDir + "/peer.sock"

// CNIConfDir is where containerd looks for the pod network's configuration.
const CNIConfDir = "/etc/cni/net.d"

// Layout is the tree under one data directory.
type Layout struct{ Data string }

// Bin holds the executables of the components.
func (l Layout) Bin() string { return filepath.Join(l.Data, "bin") }

// PKI holds keys, certificates and the control plane's kubeconfigs.
func (l Layout) PKI() string { return filepath.Join(l.Data, "pki") }

// PKIFile is one file of PKI.
func (l Layout) PKIFile(name string) string { return filepath.Join(l.PKI(), name) }

// Manifests holds folders of YAML that are kept applied.
func (l Layout) Manifests() string { return filepath.Join(l.Data, "manifests") }

// Images holds OCI archives that a worker imports at start.
func (l Layout) Images() string { return filepath.Join(l.Data, "images") }

// Etcd is etcd's data directory.
func (l Layout) Etcd() string { return filepath.Join(l.Data, "etcd") }

// EtcdWAL is there once etcd is a member of its cluster, and for as long.
func (l Layout) EtcdWAL() string { return filepath.Join(l.Etcd(), "member", "wal") }

// EtcdPKI holds the authority and the certificate by which members of the
// store know each other.
func (l Layout) EtcdPKI() string { return filepath.Join(l.PKI(), "etcd") }

// EtcdPKIFile is one file of EtcdPKI.
func (l Layout) EtcdPKIFile(name string) string { return filepath.Join(l.EtcdPKI(), name) }

// Containerd is containerd's persistent root.
func (l Layout) Containerd() string { return filepath.Join(l.Data, "containerd") }

// Kubelet is the kubelet's root directory.
func (l Layout) Kubelet() string { return filepath.Join(l.Data, "kubelet") }

// KubeletConf is the kubelet's kubeconfig; a worker that has one never needs
// its join token again.
func (l Layout) KubeletConf() string { return filepath.Join(l.Data, "kubelet.conf") }

// AdminConf is the kubeconfig of the cluster's administrator.
func (l Layout) AdminConf() string { return l.PKIFile("admin.conf") }
