package stage

import (
	"os"

	"vmlab.test/k0s-standin/internal/layout"
)

// Prepare makes k0s's folders and the links to its components, and lets this
// process and its children find both these and the system's programs.
func Prepare(files layout.Layout, components []string) error {
	for folder, mode := range map[string]os.FileMode{
		files.Data: 0o755, files.PKI(): 0o755, files.Etcd(): 0o700, files.Images(): 0o755,
		files.Containerd(): 0o711, files.Kubelet(): 0o755,
		layout.RunDir: 0o711, layout.EtcdRunDir: 0o700,
	} {
		if err := os.MkdirAll(folder, mode); err != nil {
			return err
		}
		// As k0s does: a folder that is there already must be on a file system that can be written.
		if err := os.Chmod(folder, mode); err != nil {
			return err
		}
	}
	if err := Link(files.Bin(), components); err != nil {
		return err
	}
	return os.Setenv("PATH", files.Bin()+":"+searchPath())
}

// searchPath is where programs are looked for that k0s does not bring: runc,
// iptables, mount. A service's PATH may lack the folders of the superuser.
func searchPath() string {
	const system = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
	if path := os.Getenv("PATH"); path != "" {
		return path + ":" + system
	}
	return system
}
