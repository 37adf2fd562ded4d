package stage

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

func TestEveryNameLeadsToTheRunningExecutable(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "bin")
	for range 2 {
		if err := Link(bin, []string{"kubelet", "etcd"}); err != nil {
			t.Fatal(err)
		}
	}
	self, _ := os.Executable()
	if found, _ := os.Readlink(filepath.Join(bin, "etcd")); found != self {
		t.Errorf("etcd leads to %s", found)
	}
}

func TestAPayloadIsWrittenAgainOnlyWhenItsStampChanged(t *testing.T) {
	bin := t.TempDir()
	unpack := func(content, stamp string) string {
		t.Helper()
		if err := Unpack(bin, fstest.MapFS{"tool": {Data: []byte(content)}}, stamp); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(bin, "tool"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if got := unpack("one", "1"); got != "one" {
		t.Error(got)
	}
	if got := unpack("two", "1"); got != "one" {
		t.Error(got)
	}
	if got := unpack("two", "2"); got != "two" {
		t.Error(got)
	}
}
