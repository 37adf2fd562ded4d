package clusterconfig

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"

	"sigs.k8s.io/yaml"
)

// DefaultPath is read when no -c names another file; it need not exist.
const DefaultPath = "/etc/k0s/k0s.yaml"

// Read returns the configuration in the file, completed with defaults and
// checked. An empty path means DefaultPath, or only defaults without it.
func Read(path string) (Cluster, error) {
	optional := path == ""
	if optional {
		path = DefaultPath
	}
	text, err := os.ReadFile(path)
	switch {
	case optional && errors.Is(err, fs.ErrNotExist):
		return Parse(nil)
	case err != nil:
		return Cluster{}, fmt.Errorf("cluster configuration: %w", err)
	}
	cluster, err := Parse(text)
	if err != nil {
		return Cluster{}, fmt.Errorf("cluster configuration %s: %w", path, err)
	}
	return cluster, nil
}

// Parse reads YAML text as Read does.
func Parse(text []byte) (Cluster, error) {
	cluster := Default()
	if err := yaml.Unmarshal(text, &cluster); err != nil {
		return Cluster{}, err
	}
	if cluster.Spec.API.Address == "" {
		cluster.Spec.API.Address = hostAddress()
	}
	if cluster.Spec.Storage.Etcd.PeerAddress == "" {
		cluster.Spec.Storage.Etcd.PeerAddress = cluster.Spec.API.Address
	}
	return cluster, cluster.check()
}

// check reports every problem at once.
func (c Cluster) check() error {
	var problems []error
	if c.Kind != kind {
		problems = append(problems, fmt.Errorf("kind is %q, expected %q", c.Kind, kind))
	}
	if _, err := netip.ParseAddr(c.Spec.API.Address); err != nil {
		problems = append(problems, fmt.Errorf("spec.api.address: %w", err))
	}
	if _, err := netip.ParseAddr(c.Spec.Storage.Etcd.PeerAddress); err != nil {
		problems = append(problems, fmt.Errorf("spec.storage.etcd.peerAddress: %w", err))
	}
	for key, cidr := range map[string]string{
		"podCIDR": c.Spec.Network.PodCIDR, "serviceCIDR": c.Spec.Network.ServiceCIDR,
	} {
		if _, err := netip.ParsePrefix(cidr); err != nil {
			problems = append(problems, fmt.Errorf("spec.network.%s: %w", key, err))
		}
	}
	if dual := c.Spec.Network.DualStack; dual.Enabled {
		for key, cidr := range map[string]string{
			"IPv6podCIDR": dual.IPv6PodCIDR, "IPv6serviceCIDR": dual.IPv6ServiceCIDR,
		} {
			if prefix, err := netip.ParsePrefix(cidr); err != nil || !prefix.Addr().Is6() {
				problems = append(problems, fmt.Errorf("spec.network.dualStack.%s: %q is no IPv6 range", key, cidr))
			}
		}
	}
	switch c.Spec.Images.DefaultPullPolicy {
	case "IfNotPresent", "Never", "Always":
	default:
		problems = append(problems, fmt.Errorf("spec.images.default_pull_policy: %q is none of IfNotPresent, Never, Always",
			c.Spec.Images.DefaultPullPolicy))
	}
	return errors.Join(problems...)
}
