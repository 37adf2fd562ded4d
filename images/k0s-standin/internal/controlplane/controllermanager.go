package controlplane

import (
	"path/filepath"
	"strconv"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/supervise"
)

// ControllerManager is kube-controller-manager. One that is alone elects no
// leader; and it opens no port, since for one it would make RSA keys at every
// start.
func ControllerManager(files layout.Layout, cluster clusterconfig.Cluster, alone bool) supervise.Process {
	flags := supervise.Flags{
		"allocate-node-cidrs":              "true",
		"cluster-cidr":                     cluster.Spec.Network.PodCIDRs(),
		"cluster-name":                     cluster.Metadata.Name,
		"cluster-signing-cert-file":        files.PKIFile("ca.crt"),
		"cluster-signing-key-file":         files.PKIFile("ca.key"),
		"controllers":                      "*,bootstrap-signer-controller,token-cleaner-controller",
		"flex-volume-plugin-dir":           filepath.Join(files.Kubelet(), "volumeplugins"),
		"kubeconfig":                       files.PKIFile("ccm.conf"),
		"leader-elect":                     strconv.FormatBool(!alone),
		"profiling":                        "false",
		"root-ca-file":                     files.PKIFile("ca.crt"),
		"secure-port":                      "0",
		"service-account-private-key-file": files.PKIFile("sa.key"),
		"service-cluster-ip-range":         cluster.Spec.Network.ServiceCIDRs(),
		"use-service-account-credentials":  "false",
	}
	if cluster.Spec.Network.DualStack.Enabled {
		// As k0s has it: 2048 addresses a node, out of a /108.
		flags["node-cidr-mask-size-ipv4"], flags["node-cidr-mask-size-ipv6"] = "24", "117"
	}
	return supervise.Process{
		Name: "kube-controller-manager",
		Path: filepath.Join(files.Bin(), "kube-controller-manager"),
		Args: flags.With(cluster.Spec.ControllerManager.ExtraArgs).Args(),
	}
}
