package node

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"vmlab.test/k0s-standin/internal/layout"
)

func TestTheSmallestArchiveIsImportedFirst(t *testing.T) {
	folder := t.TempDir()
	for name, size := range map[string]int{"a.tar": 30, "b.tar": 10, "c.tar": 20, "note.txt": 1} {
		if err := os.WriteFile(filepath.Join(folder, name), make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	archives, err := findArchives(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, a := range archives {
		names = append(names, filepath.Base(a.path))
	}
	if !slices.Equal(names, []string{"b.tar", "c.tar", "a.tar"}) {
		t.Errorf("order is %v", names)
	}
}

func TestTheKubeletUsesNoSystemdAndBothCgroupVersions(t *testing.T) {
	config := KubeletSettings{ClusterDNS: "10.96.0.10"}.configuration(layout.Layout{Data: "/var/lib/k0s"})
	if config.CgroupDriver != "cgroupfs" || *config.FailCgroupV1 || *config.FailSwapOn {
		t.Errorf("%+v", config)
	}
}
