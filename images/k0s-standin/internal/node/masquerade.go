package node

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// Masquerade lets pods reach addresses outside the pod network under the
// node's own; inside it they keep theirs. Each of the ranges has a family of
// addresses to itself.
func Masquerade(podCIDRs string) error {
	var problems []error
	for _, podCIDR := range strings.Split(podCIDRs, ",") {
		program := "iptables"
		if strings.Contains(podCIDR, ":") {
			program = "ip6tables"
		}
		problems = append(problems, masquerade(program, podCIDR))
	}
	return errors.Join(problems...)
}

func masquerade(program, podCIDR string) error {
	rule := []string{"POSTROUTING", "-s", podCIDR, "!", "-d", podCIDR,
		"-m", "comment", "--comment", "k0s: pods to the outside", "-j", "MASQUERADE"}
	if exec.Command(program, iptables("-C", rule)...).Run() == nil {
		return nil
	}
	if output, err := exec.Command(program, iptables("-A", rule)...).CombinedOutput(); err != nil {
		return fmt.Errorf("masquerade %s: %w: %s", podCIDR, err, output)
	}
	return nil
}

func iptables(action string, rule []string) []string {
	return append([]string{"-w", "-t", "nat", action}, rule...)
}
