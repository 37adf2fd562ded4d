package controller

import (
	"context"
	"os"

	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/release"
	"vmlab.test/k0s-standin/internal/status"
)

// serveStatus answers `k0s status` from now on.
func (c *controller) serveStatus(ctx context.Context) error {
	return status.Serve(ctx, layout.StatusSocket, func(ctx context.Context) status.Status {
		return status.Status{
			Version:                     release.Version,
			Pid:                         os.Getpid(),
			PPid:                        os.Getppid(),
			Role:                        "controller",
			Workloads:                   c.options.workloads(),
			SingleNode:                  c.options.Single,
			Args:                        os.Args,
			WorkerToAPIConnectionStatus: status.ProbeAPI(ctx, c.files.AdminConf()),
			ClusterConfig:               &c.cluster,
		}
	})
}
