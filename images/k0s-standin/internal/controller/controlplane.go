package controller

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"vmlab.test/k0s-standin/internal/applier"
	"vmlab.test/k0s-standin/internal/controlplane"
	"vmlab.test/k0s-standin/internal/kubeaccess"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/pki"
)

// startEtcd starts this controller's member of the store. The one that is
// alone needs no keys for it and so need not wait for them.
func (c *controller) startEtcd(member controlplane.Member) error {
	if !member.Alone {
		if err := pki.PrepareEtcd(c.files, c.cluster); err != nil {
			return err
		}
	}
	c.group.Start(controlplane.Etcd(c.files, c.cluster, member))
	return nil
}

// etcdServes is nil once the API can stand on this controller's member. One
// that has peers must know that it is among them.
func (c *controller) etcdServes(ctx context.Context) error {
	if err := kubeaccess.Listening("unix", layout.EtcdSocket)(ctx); err != nil || c.options.Single {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return c.store.Votes(ctx)
}

// startControlPlane starts etcd, the API as soon as etcd serves, and what
// stands on the API as soon as that does.
func (c *controller) startControlPlane(ctx context.Context) error {
	if err := c.prepare(ctx); err != nil {
		return err
	}
	if err := kubeaccess.Until(ctx, c.etcdServes); err != nil {
		return fmt.Errorf("etcd: %w", err)
	}
	slog.Info("etcd serves")
	if !c.options.Single {
		go c.keepPromoting(ctx)
	}
	c.group.Start(controlplane.APIServer(c.files, c.cluster))

	probe, err := kubeaccess.NewProbe(c.files.AdminConf())
	if err != nil {
		return err
	}
	if err := kubeaccess.Until(ctx, probe.Answers); err != nil {
		return fmt.Errorf("kube-apiserver: %w", err)
	}
	slog.Info("the API answers")
	close(c.answering)

	if err := kubeaccess.Until(ctx, probe.Ready); err != nil {
		return fmt.Errorf("kube-apiserver: %w", err)
	}
	slog.Info("the API is ready")
	c.group.Start(controlplane.ControllerManager(c.files, c.cluster, c.options.Single))
	c.group.Start(controlplane.Scheduler(c.files, c.cluster, c.options.Single))
	close(c.ready)
	<-ctx.Done()
	return nil
}

// keepApplied applies the manifests from when the API is ready until the
// context ends. Of several controllers only one does, since their folders may
// differ.
func (c *controller) keepApplied(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-c.ready:
	}
	config, err := kubeaccess.Config(c.files.AdminConf())
	if err != nil {
		return err
	}
	manifests, err := applier.New(c.files.Manifests(), config)
	if err != nil {
		return err
	}
	if c.options.Single {
		manifests.Run(ctx)
		return nil
	}
	return c.whileLeading(ctx, config, manifests.Run)
}
