// Package release says which release of k0s this program stands in for, and
// which images belong to it.
package release

// Version is what `k0s version` prints. It never claims to be k0s.
const Version = "v1.36.3+standin"

// Image references, the same as in the release that is stood in for.
const (
	Pause     = "quay.io/k0sproject/pause:3.10.2-0"
	KubeProxy = "quay.io/k0sproject/kube-proxy:v1.36.3-1"
	CoreDNS   = "quay.io/k0sproject/coredns:1.14.6-k0s.0"
)

// Images lists the references of all images a cluster runs.
func Images() []string { return []string{CoreDNS, KubeProxy, Pause} }
