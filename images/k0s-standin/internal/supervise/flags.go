package supervise

import (
	"fmt"
	"maps"
	"slices"
)

// Flags are a component's command-line flags, without their dashes.
type Flags map[string]string

// With returns the flags with others added; the others win.
func (f Flags) With(others map[string]string) Flags {
	all := maps.Clone(f)
	maps.Copy(all, others)
	return all
}

// Args is the flags as arguments, in order of their names.
func (f Flags) Args() []string {
	args := make([]string, 0, len(f))
	for _, name := range slices.Sorted(maps.Keys(f)) {
		args = append(args, fmt.Sprintf("--%s=%s", name, f[name]))
	}
	return args
}
