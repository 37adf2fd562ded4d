package controller

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"k8s.io/client-go/kubernetes"

	"vmlab.test/k0s-standin/internal/controlapi"
	"vmlab.test/k0s-standin/internal/kubeaccess"
)

// promoteEvery is the pause between two looks at members that learn.
const promoteEvery = 2 * time.Second

// keepPromoting lets new members of the store vote as soon as they can, for as
// long as this controller's member leads.
func (c *controller) keepPromoting(ctx context.Context) {
	lastProblem := ""
	for ctx.Err() == nil {
		promoted, err := c.store.Promote(ctx)
		if len(promoted) > 0 {
			slog.Info("members of etcd vote now", "members", promoted)
		}
		problem := ""
		if err != nil {
			problem = err.Error()
		}
		if problem != lastProblem && ctx.Err() == nil {
			slog.Info("members of etcd", "problem", problem)
			lastProblem = problem
		}
		select {
		case <-ctx.Done():
		case <-time.After(promoteEvery):
		}
	}
}

// letJoin answers further controllers once there is a cluster to join.
func (c *controller) letJoin(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-c.ready:
	}
	if slices.Contains(c.options.DisableComponents, "control-api") {
		return nil
	}
	config, err := kubeaccess.Config(c.files.AdminConf())
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	return controlapi.Serve(ctx, c.files, c.cluster.Spec.API.K0sAPIPort, controlapi.Handler(c.files, client, c.store))
}
