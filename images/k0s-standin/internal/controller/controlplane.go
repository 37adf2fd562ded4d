package controller

import (
	"context"
	"fmt"
	"log/slog"

	"vmlab.test/k0s-standin/internal/applier"
	"vmlab.test/k0s-standin/internal/controlplane"
	"vmlab.test/k0s-standin/internal/kubeaccess"
	"vmlab.test/k0s-standin/internal/layout"
)

func (c *controller) startEtcd() { c.group.Start(controlplane.Etcd(c.files, c.cluster)) }

// startControlPlane starts the API as soon as etcd answers, and what stands
// on the API as soon as that does.
func (c *controller) startControlPlane(ctx context.Context) error {
	if err := kubeaccess.Until(ctx, kubeaccess.Listening("unix", layout.EtcdSocket)); err != nil {
		return fmt.Errorf("etcd: %w", err)
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
	c.group.Start(controlplane.ControllerManager(c.files, c.cluster))
	c.group.Start(controlplane.Scheduler(c.files, c.cluster))
	close(c.ready)
	<-ctx.Done()
	return nil
}

// keepApplied applies the manifests from when the API is ready until the
// context ends.
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
	manifests.Run(ctx)
	return nil
}
