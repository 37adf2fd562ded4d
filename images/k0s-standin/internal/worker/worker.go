// Package worker starts what runs pods on a node.
package worker

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"vmlab.test/k0s-standin/internal/kubeaccess"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/node"
	"vmlab.test/k0s-standin/internal/stage"
	"vmlab.test/k0s-standin/internal/supervise"
)

// Worker starts containerd and the kubelet.
type Worker struct {
	Files layout.Layout
	Group *supervise.Group
	// Payload holds the executables to unpack.
	Payload fs.FS
}

// StartContainerd unpacks the executables, starts containerd and gives it the
// images at hand. An image that cannot be imported is logged: the pods that
// want it will say so too.
func (w Worker) StartContainerd(ctx context.Context) error {
	stamp, err := stampOfSelf()
	if err != nil {
		return err
	}
	if err := stage.Unpack(w.Files.Bin(), w.Payload, stamp); err != nil {
		return err
	}
	node.PrepareKernel()
	containerd, err := node.Containerd(w.Files)
	if err != nil {
		return err
	}
	w.Group.Start(containerd)
	if err := kubeaccess.Until(ctx, kubeaccess.Listening("unix", layout.ContainerdSocket)); err != nil {
		return fmt.Errorf("containerd: %w", err)
	}
	if err := node.ImportImages(ctx, w.Files); err != nil {
		slog.Error("images not imported", "error", err)
	}
	return nil
}

// StartKubelet starts the kubelet, and lets its pods out under the node's own
// address.
func (w Worker) StartKubelet(kubelet node.Kubelet, settings Settings) error {
	if settings.PodNetwork {
		if err := node.ConnectPods(); err != nil {
			return err
		}
	}
	if settings.DualStack {
		name, err := node.Name()
		if err != nil {
			return err
		}
		if kubelet.Address, err = node.Addresses(context.Background(), name, kubelet.Address); err != nil {
			return err
		}
	}
	kubelet.Settings.ClusterDNS, kubelet.Settings.ClusterDomain = settings.ClusterDNS, settings.ClusterDomain
	process, err := kubelet.Process(w.Files)
	if err != nil {
		return err
	}
	w.Group.Start(process)
	if settings.PodNetwork {
		if err := node.Masquerade(settings.PodCIDRs); err != nil {
			slog.Error("pods cannot reach the outside", "error", err)
		}
	}
	return nil
}

// stampOfSelf tells this build's payload from another's without reading it.
func stampOfSelf() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	info, err := os.Stat(self)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano()), nil
}
