package openrc

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var service = Service{Name: "k0scontroller", Command: "/usr/local/bin/k0s",
	Args: []string{"controller", "--single=true", "--kubelet-extra-args=--node-ip=10.77.0.10 --v=2", "--labels=it='s"}}

// OpenRC evaluates "command command_args", so the arguments must come out of
// two rounds of the shell as they went in.
func TestArgumentsSurviveTheShell(t *testing.T) {
	path := filepath.Join(t.TempDir(), "script")
	text := service.Script() + "\neval \"set -- $command_args\"; printf '%s\\n' \"$command\" \"$@\"\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command("sh", path).CombinedOutput()
	if err != nil {
		t.Fatal(err, string(output))
	}
	want := strings.Join(append([]string{service.Command}, service.Args...), "\n")
	if got := strings.TrimSpace(string(output)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAScriptIsReplacedOnlyWithForce(t *testing.T) {
	folder := t.TempDir()
	if err := service.Install(folder, false); err != nil {
		t.Fatal(err)
	}
	err := service.Install(folder, false)
	if err == nil || !strings.Contains(err.Error(), "already exists") {
		t.Errorf("error is %v", err)
	}
	if err := service.Install(folder, true); err != nil {
		t.Error(err)
	}
	info, err := os.Stat(filepath.Join(folder, "k0scontroller"))
	if err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("%v %v", info, err)
	}
}
