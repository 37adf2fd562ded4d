// Package status is what `k0s status` asks and a running k0s answers.
package status

import (
	"encoding/json"
	"fmt"
	"io"

	"vmlab.test/k0s-standin/internal/clusterconfig"
)

// Status has the keys of the genuine answer.
type Status struct {
	Version                     string
	Pid                         int
	PPid                        int
	Role                        string
	SysInit                     string
	StubFile                    string
	Output                      string
	Workloads                   bool
	SingleNode                  bool
	Args                        []string
	WorkerToAPIConnectionStatus Probe
	ClusterConfig               *clusterconfig.Cluster
}

// Probe is how an attempt to reach the API went.
type Probe struct {
	Message string
	Success bool
}

// JSON writes the status as -o json does.
func (s Status) JSON(to io.Writer) error {
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", "   ")
	return encoder.Encode(s)
}

// Text writes the status for people.
func (s Status) Text(to io.Writer) error {
	_, err := fmt.Fprintf(to, `Version: %s
Process ID: %d
Role: %s
Workloads: %t
SingleNode: %t
Kube-api probing successful: %t
Kube-api probing last error: %s
`, s.Version, s.Pid, s.Role, s.Workloads, s.SingleNode,
		s.WorkerToAPIConnectionStatus.Success, s.WorkerToAPIConnectionStatus.Message)
	return err
}
