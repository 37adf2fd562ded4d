package applier

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAFileHoldsDocumentsAndLists(t *testing.T) {
	path := filepath.Join(t.TempDir(), "all.yaml")
	text := `# a comment only
---
apiVersion: v1
kind: Secret
metadata: {name: a}
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	objects, err := readObjects(path)
	if err != nil {
		t.Fatal(err)
	}
	names := ""
	for _, object := range objects {
		names += object.GetName()
	}
	if names != "abc" {
		t.Errorf("objects are %q", names)
	}
}
