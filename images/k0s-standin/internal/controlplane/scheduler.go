package controlplane

import (
	"path/filepath"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/supervise"
)

// Scheduler is kube-scheduler, alone and without a port as the controller
// manager is.
func Scheduler(files layout.Layout, cluster clusterconfig.Cluster) supervise.Process {
	flags := supervise.Flags{
		"kubeconfig":   files.PKIFile("scheduler.conf"),
		"leader-elect": "false",
		"profiling":    "false",
		"secure-port":  "0",
	}
	return supervise.Process{
		Name: "kube-scheduler",
		Path: filepath.Join(files.Bin(), "kube-scheduler"),
		Args: flags.With(cluster.Spec.Scheduler.ExtraArgs).Args(),
	}
}
