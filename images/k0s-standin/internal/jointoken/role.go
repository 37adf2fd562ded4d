package jointoken

import (
	"fmt"

	"vmlab.test/k0s-standin/internal/clusterconfig"
)

// Role is what a node may become with a token.
type Role struct {
	name, title string
	// user is what the node is called in the token's kubeconfig.
	user string
	// usages are what the Secret says the token is for.
	usages []string
}

// The roles that join. A controller's usage stands in the Secret twice: k0s
// changed its key.
var (
	Worker = Role{"worker", "Worker", "kubelet-bootstrap",
		[]string{"usage-bootstrap-authentication", "usage-bootstrap-api-worker-calls"}}
	Controller = Role{"controller", "Controller", "controller-bootstrap",
		[]string{"usage-bootstrap-controller-join", "usage-controller-join"}}
)

// RoleNamed is the role of a name on the command line.
func RoleNamed(name string) (Role, error) {
	for _, role := range []Role{Worker, Controller} {
		if role.name == name {
			return role, nil
		}
	}
	return Role{}, fmt.Errorf("unsupported role %q: only worker and controller", name)
}

// URL is where a node of the role joins a cluster.
func (r Role) URL(cluster clusterconfig.Cluster) string {
	if r.name == Controller.name {
		return cluster.ControlURL()
	}
	return cluster.URL()
}
