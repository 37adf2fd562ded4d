package node

import (
	"fmt"
	"os/exec"
)

// Masquerade lets pods reach addresses outside the pod network under the
// node's own; inside it they keep theirs.
func Masquerade(podCIDR string) error {
	rule := []string{"POSTROUTING", "-s", podCIDR, "!", "-d", podCIDR,
		"-m", "comment", "--comment", "k0s: pods to the outside", "-j", "MASQUERADE"}
	if exec.Command("iptables", iptables("-C", rule)...).Run() == nil {
		return nil
	}
	if output, err := exec.Command("iptables", iptables("-A", rule)...).CombinedOutput(); err != nil {
		return fmt.Errorf("masquerade %s: %w: %s", podCIDR, err, output)
	}
	return nil
}

func iptables(action string, rule []string) []string {
	return append([]string{"-w", "-t", "nat", action}, rule...)
}
