package addons

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/util/yaml"

	"vmlab.test/k0s-standin/internal/clusterconfig"
)

func written(t *testing.T, folder string, disabled ...string) {
	t.Helper()
	cluster := clusterconfig.Default()
	cluster.Spec.API.Address = "10.77.0.10"
	cluster.Spec.Images.DefaultPullPolicy = "Never"
	values := Values{Cluster: cluster, Executable: "/usr/local/bin/k0s", Upstream: true}
	if err := Write(folder, values, disabled); err != nil {
		t.Fatal(err)
	}
}

func TestEveryManifestIsYAMLWithKindAndName(t *testing.T) {
	folder := t.TempDir()
	written(t, folder)
	paths, _ := filepath.Glob(filepath.Join(folder, "*", "*.yaml"))
	if len(paths) != len(all) {
		t.Fatalf("wrote %v", paths)
	}
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		decoder := yaml.NewYAMLOrJSONDecoder(file, 4096)
		for {
			var object struct {
				Kind     string
				Metadata struct{ Name string }
			}
			if err := decoder.Decode(&object); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if object.Kind == "" || object.Metadata.Name == "" {
				t.Errorf("%s: %+v", path, object)
			}
		}
	}
}

func TestThePullPolicyReachesThePods(t *testing.T) {
	folder := t.TempDir()
	written(t, folder)
	for _, name := range []string{"kube-proxy", "coredns"} {
		text, _ := os.ReadFile(filepath.Join(folder, name, name+".yaml"))
		if !strings.Contains(string(text), "imagePullPolicy: Never") {
			t.Errorf("not in %s", name)
		}
	}
}

func TestADisabledAddonIsRemoved(t *testing.T) {
	folder := t.TempDir()
	written(t, folder)
	written(t, folder, "coredns")
	if _, err := os.Stat(filepath.Join(folder, "coredns", "coredns.yaml")); !os.IsNotExist(err) {
		t.Errorf("still there: %v", err)
	}
}
