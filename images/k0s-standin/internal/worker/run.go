package worker

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/node"
	"vmlab.test/k0s-standin/internal/release"
	"vmlab.test/k0s-standin/internal/stage"
	"vmlab.test/k0s-standin/internal/status"
	"vmlab.test/k0s-standin/internal/supervise"
)

// Options is what the command line says about a worker.
type Options struct {
	DataDir          string
	JoinToken        string
	TokenFile        string
	Labels           []string
	Taints           []string
	KubeletExtraArgs string
	// Components are the names under which the executable is each component.
	Components []string
	// Payload holds the executables that it carries besides.
	Payload fs.FS
}

// Run runs a worker until the context ends, and stops its components before
// it returns.
func Run(ctx context.Context, options Options) error {
	files := layout.Layout{Data: options.DataDir}
	name, err := node.Name()
	if err != nil {
		return err
	}
	if err := stage.Prepare(files, options.Components); err != nil {
		return err
	}
	api, err := join(files, options)
	if err != nil {
		return err
	}
	if err := serveStatus(ctx, files); err != nil {
		return err
	}
	slog.Info("k0s stand-in starts as a worker", "version", release.Version, "node", name, "address", api.address)

	group := supervise.NewGroup(os.Stderr)
	defer group.Stop()
	err = start(ctx, Worker{Files: files, Group: group, Payload: options.Payload}, name, api, options)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// start starts a worker's components and then keeps its routes. The images
// are imported while the controller may still be starting.
func start(ctx context.Context, w Worker, name string, api access, options Options) error {
	var settings Settings
	parts, partsCtx := errgroup.WithContext(ctx)
	parts.Go(func() error { return w.StartContainerd(partsCtx) })
	parts.Go(func() (err error) {
		settings, err = fetchSettings(partsCtx, api.kubeconfig)
		return err
	})
	if err := servingCertificate(w.Files, name, api.address); err != nil {
		return err
	}
	if err := parts.Wait(); err != nil {
		return err
	}
	certificates := filepath.Join(w.Files.Kubelet(), "pki")
	if err := w.StartKubelet(node.Kubelet{
		Address: api.address, BootstrapKubeconfig: api.bootstrap,
		Labels: options.Labels, Taints: options.Taints, ExtraArgs: options.KubeletExtraArgs,
		Settings: node.KubeletSettings{
			ServingCertificate: filepath.Join(certificates, "serving.crt"),
			ServingKey:         filepath.Join(certificates, "serving.key"),
		},
	}, settings); err != nil {
		return err
	}
	if !settings.PodNetwork {
		<-ctx.Done()
		return nil
	}
	return KeepRoutes(ctx, w.Files.KubeletConf(), name)
}

// serveStatus answers `k0s status` from now on.
func serveStatus(ctx context.Context, files layout.Layout) error {
	return status.Serve(ctx, layout.StatusSocket, func(ctx context.Context) status.Status {
		return status.Status{
			Version: release.Version, Pid: os.Getpid(), PPid: os.Getppid(), Role: "worker", Workloads: true,
			Args: os.Args, WorkerToAPIConnectionStatus: status.ProbeAPI(ctx, files.KubeletConf()),
		}
	})
}
