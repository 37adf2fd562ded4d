package controller

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"vmlab.test/k0s-standin/internal/addons"
	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/etcd"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/node"
	"vmlab.test/k0s-standin/internal/pki"
	"vmlab.test/k0s-standin/internal/release"
	"vmlab.test/k0s-standin/internal/stage"
	"vmlab.test/k0s-standin/internal/supervise"
	"vmlab.test/k0s-standin/internal/worker"
)

// controller is what the parts of a start share.
type controller struct {
	options Options
	files   layout.Layout
	cluster clusterconfig.Cluster
	node    string
	// store is etcd, where it may have several members.
	store *etcd.Client
	group *supervise.Group
	// prepared is closed when all keys are there.
	prepared chan struct{}
	// answering and ready are closed when the API first is.
	answering, ready chan struct{}
}

// Run runs a controller until the context ends, and stops all its components
// before it returns. Whatever does not depend on each other starts at once.
func Run(ctx context.Context, options Options) error {
	if err := options.check(); err != nil {
		return err
	}
	cluster, err := clusterconfig.Read(options.ConfigFile)
	if err != nil {
		return err
	}
	name, err := node.Name()
	if err != nil {
		return err
	}
	c := &controller{
		options: options, files: layout.Layout{Data: options.DataDir}, cluster: cluster, node: name,
		group: supervise.NewGroup(os.Stderr), prepared: make(chan struct{}),
		answering: make(chan struct{}), ready: make(chan struct{}),
	}
	defer c.group.Stop()
	if !options.Single {
		if c.store, err = etcd.Dial(layout.EtcdSocket); err != nil {
			return err
		}
		defer c.store.Close()
	}
	if err := stage.Prepare(c.files, options.Components); err != nil {
		return err
	}
	if err := c.serveStatus(ctx); err != nil {
		return err
	}
	slog.Info("k0s stand-in starts", "version", release.Version, "node", name, "api", cluster.URL())

	parts, ctx := errgroup.WithContext(ctx)
	parts.Go(func() error { return c.startControlPlane(ctx) })
	parts.Go(func() error { return c.keepApplied(ctx) })
	if options.workloads() {
		parts.Go(func() error { return c.startWorker(ctx) })
	}
	if !options.Single {
		parts.Go(func() error { return c.letJoin(ctx) })
	}
	err = parts.Wait()
	if err == nil || ctx.Err() != nil && context.Cause(ctx) == context.Canceled {
		return nil
	}
	return err
}

// prepare joins where there is something to join, starts etcd, and writes all
// that the components will read.
func (c *controller) prepare(ctx context.Context) error {
	member, err := c.join(ctx)
	if err != nil {
		return err
	}
	if err := c.startEtcd(member); err != nil {
		return err
	}
	if err := pki.PrepareController(c.files, c.cluster, c.node); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	close(c.prepared)
	return addons.Write(c.files.Manifests(), addons.Values{
		Cluster: c.cluster, Executable: filepath.Clean(self), Upstream: node.HasNameServer(),
		WorkerSettings: worker.SettingsOf(c.cluster).JSON(),
	}, c.options.DisableComponents)
}

// startWorker starts the node's part while the control plane starts; only the
// kubelet waits for the API, not to take the processor from it before.
func (c *controller) startWorker(ctx context.Context) error {
	settings := worker.SettingsOf(c.cluster)
	w := worker.Worker{Files: c.files, Group: c.group, Payload: c.options.Payload}
	if err := w.StartContainerd(ctx); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-c.prepared:
	}
	if err := pki.PrepareOwnWorker(c.files, c.cluster, c.node); err != nil {
		return err
	}
	if err := c.registerNode(ctx); err != nil {
		return err
	}
	if err := w.StartKubelet(node.Kubelet{
		Address: c.cluster.Spec.API.Address, ExtraArgs: c.options.KubeletExtraArgs,
		Settings: node.KubeletSettings{
			ServingCertificate: c.files.PKIFile("kubelet-server.crt"), ServingKey: c.files.PKIFile("kubelet-server.key"),
		},
	}, settings); err != nil {
		return err
	}
	if c.options.Single || !settings.PodNetwork {
		return nil
	}
	return worker.KeepRoutes(ctx, c.files.KubeletConf(), c.node)
}
