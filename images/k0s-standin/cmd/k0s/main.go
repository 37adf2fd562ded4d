// Command k0s stands in for k0s where its release cannot be had. Called by a
// component's name it is that component, unmodified; by its own, k0s's
// command line.
package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"

	basecli "k8s.io/component-base/cli"

	"vmlab.test/k0s-standin/internal/cli"
)

func main() {
	name := filepath.Base(os.Args[0])
	if name == "etcd" {
		runEtcd()
		return
	}
	if component, found := components[name]; found {
		os.Exit(basecli.Run(component()))
	}
	os.Exit(cli.Run(cli.Program{
		Components: append(slices.Sorted(maps.Keys(components)), "etcd"),
		Payload:    payload(),
		Kubectl:    components["kubectl"],
	}, os.Args[1:]))
}
