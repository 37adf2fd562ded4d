package cli

import (
	"context"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/status"
)

// runningCluster is the configuration the running k0s was started with; when
// none runs, or a file is named, it is the file's.
func runningCluster(ctx context.Context, config string) (clusterconfig.Cluster, error) {
	if config == "" {
		if found, err := status.Ask(ctx, layout.StatusSocket); err == nil && found.ClusterConfig != nil {
			return *found.ClusterConfig, nil
		}
	}
	return clusterconfig.Read(config)
}
