package node

import (
	"os"
	"strings"
)

// Name is the node's: the host's, in the form the API takes.
func Name() (string, error) {
	name, err := os.Hostname()
	return strings.ToLower(strings.TrimSpace(name)), err
}
