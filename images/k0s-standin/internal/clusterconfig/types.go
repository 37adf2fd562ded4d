// Package clusterconfig reads the part of k0s's ClusterConfig that the
// stand-in acts on. Keys it does not know are left alone.
package clusterconfig

// Cluster is a ClusterConfig document.
type Cluster struct {
	APIVersion string   `json:"apiVersion"`
	Kind       string   `json:"kind"`
	Metadata   Metadata `json:"metadata"`
	Spec       Spec     `json:"spec"`
}

// Metadata names the cluster.
type Metadata struct {
	Name string `json:"name"`
}

// Spec is the cluster's configuration.
type Spec struct {
	API               API       `json:"api"`
	ControllerManager Component `json:"controllerManager"`
	Scheduler         Component `json:"scheduler"`
	Storage           Storage   `json:"storage"`
	Network           Network   `json:"network"`
	Images            Images    `json:"images"`
}

// API configures kube-apiserver.
type API struct {
	Address string `json:"address"`
	// ExternalAddress is where all controllers are reached together.
	ExternalAddress string `json:"externalAddress,omitempty"`
	Port            int    `json:"port"`
	// K0sAPIPort is where further controllers join.
	K0sAPIPort int               `json:"k0sApiPort"`
	SANs       []string          `json:"sans,omitempty"`
	ExtraArgs  map[string]string `json:"extraArgs,omitempty"`
}

// Component holds flags that are added to, or replace, a component's own.
type Component struct {
	ExtraArgs map[string]string `json:"extraArgs,omitempty"`
}

// Storage configures where the API keeps its objects; always etcd here.
type Storage struct {
	Type string `json:"type"`
	Etcd Etcd   `json:"etcd"`
}

// Etcd configures etcd.
type Etcd struct {
	PeerAddress string            `json:"peerAddress,omitempty"`
	ExtraArgs   map[string]string `json:"extraArgs,omitempty"`
}

// Network configures addresses and the pod network.
type Network struct {
	Provider      string    `json:"provider"`
	PodCIDR       string    `json:"podCIDR"`
	ServiceCIDR   string    `json:"serviceCIDR"`
	ClusterDomain string    `json:"clusterDomain"`
	KubeProxy     KubeProxy `json:"kubeProxy"`
	DualStack     DualStack `json:"dualStack"`
}

// DualStack adds IPv6 to the addresses of pods and services.
type DualStack struct {
	Enabled         bool   `json:"enabled"`
	IPv6PodCIDR     string `json:"IPv6podCIDR,omitempty"`
	IPv6ServiceCIDR string `json:"IPv6serviceCIDR,omitempty"`
}

// KubeProxy configures kube-proxy.
type KubeProxy struct {
	Disabled bool   `json:"disabled,omitempty"`
	Mode     string `json:"mode"`
}

// Images configures how the system's images are obtained.
type Images struct {
	DefaultPullPolicy string `json:"default_pull_policy"`
}
