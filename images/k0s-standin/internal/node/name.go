package node

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
)

// Name is the node's: the host's, in the form the API takes.
func Name() (string, error) {
	name, err := os.Hostname()
	return strings.ToLower(strings.TrimSpace(name)), err
}

// Addresses are the node's in both families, as the kubelet takes them: the
// one that is known, and the IPv6 one that its name stands for. So does k0s.
func Addresses(ctx context.Context, name, known string) (string, error) {
	found, err := net.DefaultResolver.LookupIP(ctx, "ip6", name)
	if err != nil {
		return "", fmt.Errorf("dual stack: the node's own name has no IPv6 address: %w", err)
	}
	return known + "," + found[0].String(), nil
}
