package supervise

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestEachLineIsMarkedOnceItIsWhole(t *testing.T) {
	var out bytes.Buffer
	lines := newPrefixer("component=x ", &out)
	for _, part := range []string{"on", "e\ntwo\nth", "ree"} {
		if _, err := lines.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	lines.flush()
	if want := "component=x one\ncomponent=x two\ncomponent=x three\n"; out.String() != want {
		t.Errorf("got %q", out.String())
	}
}

func TestAProcessThatEndsIsStartedAgainUntilStop(t *testing.T) {
	marks := filepath.Join(t.TempDir(), "marks")
	var out lockedBuffer
	group := NewGroup(&out)
	group.Start(Process{Name: "sh", Path: "/bin/sh",
		Args: []string{"-c", `echo again; echo x >> "$1"`, "sh", marks}})
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if text, _ := os.ReadFile(marks); len(text) >= 4 {
			break
		}
	}
	group.Stop()
	if strings.Count(out.String(), "component=sh again\n") < 2 {
		t.Errorf("output is %q", out.String())
	}
}

func TestStopEndsAProcessThatRuns(t *testing.T) {
	group := NewGroup(&lockedBuffer{})
	group.Start(Process{Name: "sleep", Path: "/bin/sleep", Args: []string{"60"}})
	began := time.Now()
	group.Stop()
	if time.Since(began) > 5*time.Second {
		t.Error("it took the sleep's own time")
	}
}
