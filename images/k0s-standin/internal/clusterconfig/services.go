package clusterconfig

import (
	"cmp"
	"fmt"
	"net"
	"net/netip"
	"strconv"
)

// URL is where clients reach the API.
func (c Cluster) URL() string { return c.external(c.Spec.API.Port) }

// ControlURL is where further controllers join.
func (c Cluster) ControlURL() string { return c.external(c.Spec.API.K0sAPIPort) }

// external is the address of a port for clients elsewhere. An external
// address that names a port means just that.
func (c Cluster) external(port int) string {
	address := cmp.Or(c.Spec.API.ExternalAddress, c.Spec.API.Address)
	if _, _, err := net.SplitHostPort(address); err == nil {
		return "https://" + address
	}
	return "https://" + net.JoinHostPort(address, strconv.Itoa(port))
}

// ExternalHost is the name or address in ExternalAddress; empty without one.
func (a API) ExternalHost() string {
	if host, _, err := net.SplitHostPort(a.ExternalAddress); err == nil {
		return host
	}
	return a.ExternalAddress
}

// PeerURL is where the other members of the store reach this one.
func (e Etcd) PeerURL() string { return "https://" + net.JoinHostPort(e.PeerAddress, "2380") }

// LocalURL is where programs on the controller itself reach the API.
func (c Cluster) LocalURL() string { return fmt.Sprintf("https://127.0.0.1:%d", c.Spec.API.Port) }

// PodCIDRs are the ranges of pods as components take them: IPv4, and with dual
// stack a comma and IPv6.
func (n Network) PodCIDRs() string { return n.both(n.PodCIDR, n.DualStack.IPv6PodCIDR) }

// ServiceCIDRs are those of services, in the same form.
func (n Network) ServiceCIDRs() string { return n.both(n.ServiceCIDR, n.DualStack.IPv6ServiceCIDR) }

func (n Network) both(v4, v6 string) string {
	if n.DualStack.Enabled {
		return v4 + "," + v6
	}
	return v4
}

// APIServiceIP is the service address of the API: the range's first.
func (n Network) APIServiceIP() netip.Addr {
	return netip.MustParsePrefix(n.ServiceCIDR).Masked().Addr().Next()
}

// DNSServiceIP is the service address of the cluster's DNS: the range's tenth.
func (n Network) DNSServiceIP() netip.Addr {
	address := netip.MustParsePrefix(n.ServiceCIDR).Masked().Addr()
	for range 10 {
		address = address.Next()
	}
	return address
}
