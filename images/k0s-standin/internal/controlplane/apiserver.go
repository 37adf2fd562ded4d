package controlplane

import (
	"path/filepath"
	"strconv"
	"time"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/supervise"
)

// APIServer is kube-apiserver. What an emulated guest would pay for and a lab
// does not need is off: profiling, and fairness between flows of requests.
func APIServer(files layout.Layout, cluster clusterconfig.Cluster) supervise.Process {
	flags := supervise.Flags{
		"advertise-address":                  cluster.Spec.API.Address,
		"allow-privileged":                   "true",
		"anonymous-auth":                     "false",
		"authorization-mode":                 "Node,RBAC",
		"client-ca-file":                     files.PKIFile("ca.crt"),
		"enable-admission-plugins":           "NodeRestriction",
		"enable-bootstrap-token-auth":        "true",
		"enable-priority-and-fairness":       "false",
		"etcd-servers":                       "unix://" + layout.EtcdSocket,
		"kubelet-client-certificate":         files.PKIFile("apiserver-kubelet-client.crt"),
		"kubelet-client-key":                 files.PKIFile("apiserver-kubelet-client.key"),
		"kubelet-preferred-address-types":    "InternalIP,ExternalIP,Hostname",
		"profiling":                          "false",
		"proxy-client-cert-file":             files.PKIFile("front-proxy-client.crt"),
		"proxy-client-key-file":              files.PKIFile("front-proxy-client.key"),
		"requestheader-allowed-names":        "front-proxy-client",
		"requestheader-client-ca-file":       files.PKIFile("front-proxy-ca.crt"),
		"requestheader-extra-headers-prefix": "X-Remote-Extra-",
		"requestheader-group-headers":        "X-Remote-Group",
		"requestheader-username-headers":     "X-Remote-User",
		"secure-port":                        strconv.Itoa(cluster.Spec.API.Port),
		"service-account-issuer":             "https://kubernetes.default.svc",
		"service-account-key-file":           files.PKIFile("sa.pub"),
		"service-account-signing-key-file":   files.PKIFile("sa.key"),
		"service-cluster-ip-range":           cluster.Spec.Network.ServiceCIDRs(),
		"tls-cert-file":                      files.PKIFile("server.crt"),
		"tls-private-key-file":               files.PKIFile("server.key"),
	}
	return supervise.Process{
		Name: "kube-apiserver",
		Path: filepath.Join(files.Bin(), "kube-apiserver"),
		Args: flags.With(cluster.Spec.API.ExtraArgs).Args(),
		// What it waits for is that all watches end, and those of pods never do.
		Grace: 3 * time.Second,
	}
}
