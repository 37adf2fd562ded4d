package controlplane

import (
	"path/filepath"
	"strconv"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/supervise"
)

// Scheduler is kube-scheduler, with or without a leader and without a port as
// the controller manager is.
func Scheduler(files layout.Layout, cluster clusterconfig.Cluster, alone bool) supervise.Process {
	flags := supervise.Flags{
		"kubeconfig":   files.PKIFile("scheduler.conf"),
		"leader-elect": strconv.FormatBool(!alone),
		"profiling":    "false",
		"secure-port":  "0",
	}
	return supervise.Process{
		Name: "kube-scheduler",
		Path: filepath.Join(files.Bin(), "kube-scheduler"),
		Args: flags.With(cluster.Spec.Scheduler.ExtraArgs).Args(),
	}
}
