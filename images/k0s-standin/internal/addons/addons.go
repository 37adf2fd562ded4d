// Package addons writes the manifests of what a cluster runs inside itself:
// kube-proxy, CoreDNS, and the rights with which workers join.
package addons

import (
	"bytes"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/release"
)

//go:embed templates
var templates embed.FS

// addon is a folder of manifests with one file in it.
type addon struct {
	// name is the folder's, and for --disable-components the component's.
	name     string
	template string
}

var all = []addon{
	{"kube-proxy", "kube-proxy.yaml.tmpl"},
	{"coredns", "coredns.yaml.tmpl"},
	{"bootstraprbac", "join.yaml.tmpl"},
}

// Values is what the manifests depend on.
type Values struct {
	Cluster clusterconfig.Cluster
	// Executable is the program that is also kube-proxy, on every node.
	Executable string
	// WorkerSettings is what workers read when they join.
	WorkerSettings string
	// Upstream says whether the node knows name servers to ask further.
	Upstream bool
}

// Write puts the manifests of all addons that are not disabled under folder,
// and removes those of addons that are.
func Write(folder string, values Values, disabled []string) error {
	for _, addon := range all {
		path := filepath.Join(folder, addon.name, addon.name+".yaml")
		if slices.Contains(disabled, addon.name) ||
			addon.name == "kube-proxy" && values.Cluster.Spec.Network.KubeProxy.Disabled {
			if err := os.RemoveAll(path); err != nil {
				return err
			}
			continue
		}
		text, err := addon.render(values)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// view is what the templates see.
type view struct {
	Values
	URL, DNS, PullPolicy         string
	KubeProxyImage, CoreDNSImage string
	PodCIDRs, Domain             string
	ProxyMode                    string
}

func (a addon) render(values Values) ([]byte, error) {
	parsed, err := template.ParseFS(templates, "templates/"+a.template)
	if err != nil {
		return nil, err
	}
	network := values.Cluster.Spec.Network
	var text bytes.Buffer
	if err := parsed.Execute(&text, view{
		Values: values, URL: values.Cluster.URL(), DNS: network.DNSServiceIP().String(),
		PullPolicy:     values.Cluster.Spec.Images.DefaultPullPolicy,
		KubeProxyImage: release.KubeProxy, CoreDNSImage: release.CoreDNS,
		PodCIDRs: network.PodCIDRs(), Domain: network.ClusterDomain,
		ProxyMode: network.KubeProxy.Mode,
	}); err != nil {
		return nil, fmt.Errorf("manifest of %s: %w", a.name, err)
	}
	return []byte(strings.TrimSpace(text.String()) + "\n"), nil
}
