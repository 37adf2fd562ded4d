// Package node says how the components of a worker are run.
package node

import (
	"os"
	"path/filepath"
	"text/template"

	_ "embed"

	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/release"
	"vmlab.test/k0s-standin/internal/supervise"
)

//go:embed containerd.toml.tmpl
var containerdTOML string

//go:embed cni.conflist.tmpl
var cniTemplate []byte

const (
	containerdConfig = layout.RunDir + "/containerd.toml"
	cniTemplatePath  = layout.RunDir + "/cni.conflist.tmpl"
)

// Containerd writes containerd's configuration and returns the process.
func Containerd(files layout.Layout) (supervise.Process, error) {
	if err := writeContainerdConfig(files); err != nil {
		return supervise.Process{}, err
	}
	return supervise.Process{
		Name: "containerd",
		Path: filepath.Join(files.Bin(), "containerd"),
		Args: []string{"--config", containerdConfig, "--log-level", "info"},
	}, nil
}

// ConnectPods lets containerd write the pod network's configuration, as soon
// as the kubelet tells it which addresses the node was given.
func ConnectPods() error { return os.WriteFile(cniTemplatePath, cniTemplate, 0o644) }

func writeContainerdConfig(files layout.Layout) error {
	if err := os.MkdirAll(layout.CNIConfDir, 0o755); err != nil {
		return err
	}
	file, err := os.Create(containerdConfig)
	if err != nil {
		return err
	}
	defer file.Close()
	return template.Must(template.New("containerd.toml").Parse(containerdTOML)).Execute(file, map[string]any{
		"Root": files.Containerd(), "State": layout.RunDir + "/containerd",
		"Socket": layout.ContainerdSocket, "Pause": release.Pause,
		"Bin": files.Bin(), "CNIConfDir": layout.CNIConfDir, "CNITemplate": cniTemplatePath,
		"RestrictOOMScore": !mayLowerOOMScore(),
	})
}
