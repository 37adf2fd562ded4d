package status

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"vmlab.test/k0s-standin/internal/clusterconfig"
)

func TestARunningK0sAnswersOnItsSocket(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s.sock")
	cluster := clusterconfig.Default()
	said := Status{Version: "v1", Role: "controller", SingleNode: true, Args: []string{"k0s"}, ClusterConfig: &cluster}
	for range 2 { // A socket left behind does not stop the next start.
		if err := Serve(t.Context(), socket, func(context.Context) Status { return said }); err != nil {
			t.Fatal(err)
		}
	}
	heard, err := Ask(t.Context(), socket)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := heard.JSON(&text); err != nil {
		t.Fatal(err)
	}
	var keys map[string]any
	if err := json.Unmarshal(text.Bytes(), &keys); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"Version", "Pid", "PPid", "Role", "SysInit", "StubFile", "Output", "Workloads",
		"SingleNode", "Args", "WorkerToAPIConnectionStatus", "ClusterConfig"} {
		if _, found := keys[key]; !found {
			t.Errorf("no %s", key)
		}
	}
}

func TestSilenceIsAnErrorThatNamesTheSocket(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "none.sock")
	_, err := Ask(t.Context(), socket)
	if err == nil || !strings.Contains(err.Error(), socket) {
		t.Errorf("error is %v", err)
	}
}
