package node

import (
	"path/filepath"
	"strings"

	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/supervise"
)

// Kubelet is what the kubelet is told besides its configuration file.
type Kubelet struct {
	Settings KubeletSettings
	// Address is the node's. With it the kubelet need not look its own name up,
	// which takes 20 seconds where no name server answers.
	Address string
	// BootstrapKubeconfig is what a node that has yet to join asks with.
	BootstrapKubeconfig string
	// Labels and Taints are those of a node that registers itself.
	Labels, Taints []string
	// ExtraArgs are further flags, separated by spaces; they win.
	ExtraArgs string
}

// Process writes the kubelet's configuration and returns the process.
func (k Kubelet) Process(files layout.Layout) (supervise.Process, error) {
	config := filepath.Join(layout.RunDir, "kubelet.yaml")
	if err := k.Settings.write(files, config); err != nil {
		return supervise.Process{}, err
	}
	flags := supervise.Flags{
		"config":     config,
		"kubeconfig": files.KubeletConf(),
		"root-dir":   files.Kubelet(),
		"cert-dir":   filepath.Join(files.Kubelet(), "pki"),
		"node-ip":    k.Address,
	}
	for name, value := range map[string]string{
		"bootstrap-kubeconfig": k.BootstrapKubeconfig,
		"node-labels":          strings.Join(k.Labels, ","),
		"register-with-taints": strings.Join(k.Taints, ","),
	} {
		if value != "" {
			flags[name] = value
		}
	}
	return supervise.Process{
		Name: "kubelet",
		Path: filepath.Join(files.Bin(), "kubelet"),
		Args: append(flags.Args(), strings.Fields(k.ExtraArgs)...),
	}, nil
}
