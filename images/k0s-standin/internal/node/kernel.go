package node

import (
	"log/slog"
	"os"
	"os/exec"
	"strings"
)

// modules are what containers and services need of the kernel; each may also
// be built in.
var modules = []string{"overlay", "br_netfilter", "nf_conntrack"}

// sysctls let the node forward the traffic of its pods, and let it see the
// traffic between pods on its bridge.
var sysctls = map[string]string{
	"net/ipv4/ip_forward":                 "1",
	"net/ipv6/conf/all/forwarding":        "1",
	"net/bridge/bridge-nf-call-iptables":  "1",
	"net/bridge/bridge-nf-call-ip6tables": "1",
}

// PrepareKernel loads modules and sets sysctls. What it cannot do it logs: a
// kernel may have it all the same.
func PrepareKernel() {
	for _, module := range modules {
		if _, err := os.Stat("/sys/module/" + module); err == nil {
			continue
		}
		if output, err := exec.Command("modprobe", module).CombinedOutput(); err != nil {
			slog.Warn("kernel module not loaded", "module", module, "error", err, "output", strings.TrimSpace(string(output)))
		}
	}
	for name, value := range sysctls {
		if err := os.WriteFile("/proc/sys/"+name, []byte(value), 0o644); err != nil {
			slog.Warn("sysctl not set", "name", name, "error", err)
		}
	}
}
