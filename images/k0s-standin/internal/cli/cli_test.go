package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// k0s runs a command line and returns what it printed.
func k0s(args ...string) (string, error) {
	var out bytes.Buffer
	root := rootCommand(Program{})
	root.SetArgs(args)
	root.SetOut(&out)
	root.SetErr(&out)
	err := root.Execute()
	return out.String(), err
}

func TestTheVersionNeverClaimsToBeK0s(t *testing.T) {
	out, err := k0s("version")
	if err != nil || out != "v1.36.3+standin\n" {
		t.Errorf("%q %v", out, err)
	}
}

func TestInstallRepeatsTheFlagsInTheService(t *testing.T) {
	folder := t.TempDir()
	args := []string{"install", "controller", "-c", "/etc/k0s/k0s.yaml", "--enable-worker", "--no-taints",
		"--labels=a=b,c=d", "--kubelet-extra-args=--node-ip=10.77.0.10", "--disable-components=helm,autopilot",
		"--init-folder", folder}
	if out, err := k0s(args...); err != nil || out != "" {
		t.Fatalf("%q %v", out, err)
	}
	text, err := os.ReadFile(filepath.Join(folder, "k0scontroller"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"supervise-daemon", "--config=/etc/k0s/k0s.yaml", "--enable-worker=true", "--no-taints=true",
		"--labels=a=b", "--labels=c=d", "--kubelet-extra-args=--node-ip=10.77.0.10", "--disable-components=helm"} {
		if !strings.Contains(string(text), part) {
			t.Errorf("no %s in %s", part, text)
		}
	}
	if strings.Contains(string(text), "init-folder") {
		t.Error("the service is told where its script lies")
	}
	if _, err := k0s(args...); err == nil || !strings.Contains(err.Error(), "already exists") {
		t.Errorf("a second time: %v", err)
	}
	if _, err := k0s(append(args, "--force")...); err != nil {
		t.Errorf("with force: %v", err)
	}
}

func TestAPreSharedTokenNeedsNoCluster(t *testing.T) {
	folder := t.TempDir()
	ca := filepath.Join(folder, "ca.crt")
	if err := os.WriteFile(ca, []byte("CA"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := k0s("token", "pre-shared", "--role", "worker", "--cert", ca, "--url", "https://10.77.0.10:6443/", "--out", folder); err != nil {
		t.Fatal(err)
	}
	tokens, _ := filepath.Glob(filepath.Join(folder, "token_*"))
	secrets, _ := filepath.Glob(filepath.Join(folder, "bootstrap-token-*.yaml"))
	if len(tokens) != 1 || len(secrets) != 1 {
		t.Errorf("%v %v", tokens, secrets)
	}
}

func TestAControllersPreSharedTokenIsForTheControlAPI(t *testing.T) {
	folder := t.TempDir()
	ca := filepath.Join(folder, "ca.crt")
	if err := os.WriteFile(ca, []byte("CA"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := k0s("token", "pre-shared", "--role", "controller", "--cert", ca, "--url", "https://10.77.0.1:9443/", "--out", folder); err != nil {
		t.Fatal(err)
	}
	secrets, _ := filepath.Glob(filepath.Join(folder, "bootstrap-token-*.yaml"))
	text, err := os.ReadFile(secrets[0])
	if err != nil || !strings.Contains(string(text), "usage-controller-join: \"true\"") {
		t.Errorf("%s %v", text, err)
	}
}

func TestWhatIsNotDoneSaysSo(t *testing.T) {
	for _, args := range [][]string{
		{"token", "create", "--role", "friend"},
		{"controller", "--single", "a-join-token"},
		{"etcd", "leave", "--peer-address", "nowhere"},
		{"reset"},
	} {
		if _, err := k0s(args...); err == nil {
			t.Errorf("%v was accepted", args)
		}
	}
}

func TestImagesAreListedByReference(t *testing.T) {
	out, err := k0s("airgap", "list-images", "--all")
	if err != nil || !strings.Contains(out, "quay.io/k0sproject/pause:3.10.2-0\n") {
		t.Errorf("%q %v", out, err)
	}
}
