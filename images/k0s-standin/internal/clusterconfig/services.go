package clusterconfig

import (
	"fmt"
	"net/netip"
)

// URL is where clients reach the API.
func (c Cluster) URL() string {
	return fmt.Sprintf("https://%s", netip.AddrPortFrom(
		netip.MustParseAddr(c.Spec.API.Address), uint16(c.Spec.API.Port)))
}

// LocalURL is where programs on the controller itself reach the API.
func (c Cluster) LocalURL() string { return fmt.Sprintf("https://127.0.0.1:%d", c.Spec.API.Port) }

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
