package node

import (
	"os"
	"strings"
)

// mayLowerOOMScore says whether this process may protect others from the
// kernel's out-of-memory killer: in a container of someone else's root may
// not, and then runc fails for the pods that ask for it.
func mayLowerOOMScore() bool {
	const path = "/proc/self/oom_score_adj"
	before, err := os.ReadFile(path)
	if err != nil || os.WriteFile(path, []byte("-999"), 0o600) != nil {
		return false
	}
	_ = os.WriteFile(path, []byte(strings.TrimSpace(string(before))), 0o600)
	return true
}
