// Package openrc writes the init script that `k0s install` leaves behind.
package openrc

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Folder is where OpenRC looks for its services.
const Folder = "/etc/init.d"

// Service is k0s as a service of OpenRC.
type Service struct {
	// Name is k0scontroller or k0sworker.
	Name string
	// Command is the executable, Args what follows it.
	Command string
	Args    []string
}

// Script is the text of the init script.
func (s Service) Script() string {
	quoted := make([]string, len(s.Args))
	for i, arg := range s.Args {
		quoted[i] = quote(arg)
	}
	return fmt.Sprintf(script, quote(s.Command), quote(strings.Join(quoted, " ")))
}

// script is for supervise-daemon, which starts a k0s that ended again. Its
// logs are named after the executable, as the genuine ones are.
const script = `#!/sbin/openrc-run
supervisor=supervise-daemon
description="k0s (stand-in)"
command=%s
command_args=%s
name=k0s
supervise_daemon_args="--stdout /var/log/${name}.log --stderr /var/log/${name}.err"
retry="SIGTERM/90/SIGKILL/5"
rc_ulimit="-n 1048576"

depend() {
	need cgroups
	need net
	use dns
	after firewall
}
`

// quote makes one word of the shell out of any text.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// Install writes the script into folder. One that exists is replaced only
// with force.
func (s Service) Install(folder string, force bool) error {
	path := filepath.Join(folder, s.Name)
	if _, err := os.Lstat(path); err == nil && !force {
		return fmt.Errorf("failed to install k0s service: Init already exists: %s", path)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.WriteFile(path, []byte(s.Script()), 0o755); err != nil {
		return err
	}
	return os.Chmod(path, 0o755)
}
