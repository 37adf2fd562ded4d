package clusterconfig

import (
	"net"
	"net/netip"
)

const (
	apiVersion = "k0s.k0sproject.io/v1beta1"
	kind       = "ClusterConfig"
)

// Default is the configuration of a cluster about which nothing was said.
func Default() Cluster {
	return Cluster{
		APIVersion: apiVersion,
		Kind:       kind,
		Metadata:   Metadata{Name: "k0s"},
		Spec: Spec{
			API:     API{Port: 6443, K0sAPIPort: 9443},
			Storage: Storage{Type: "etcd"},
			Network: Network{
				Provider:      "kuberouter",
				PodCIDR:       "10.244.0.0/16",
				ServiceCIDR:   "10.96.0.0/12",
				ClusterDomain: "cluster.local",
				KubeProxy:     KubeProxy{Mode: "iptables"},
			},
			Images: Images{DefaultPullPolicy: "IfNotPresent"},
		},
	}
}

// hostAddress is the machine's first IPv4 address that others can reach.
func hostAddress() string {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	for _, address := range addresses {
		prefix, err := netip.ParsePrefix(address.String())
		if err == nil && prefix.Addr().Is4() && prefix.Addr().IsGlobalUnicast() {
			return prefix.Addr().String()
		}
	}
	return ""
}
