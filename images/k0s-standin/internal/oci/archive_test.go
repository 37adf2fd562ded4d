package oci

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func image(t *testing.T) Image {
	t.Helper()
	source := filepath.Join(t.TempDir(), "tool")
	if err := os.WriteFile(source, []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	return Image{Reference: "example.test/tool:1", Entrypoint: []string{"/opt/tool"}, User: "65532:65532",
		Entries: []Entry{{Path: "/opt/tool", Source: source}, {Path: "/bin", Link: "usr/bin"}}}
}

func archive(t *testing.T, image Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := image.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func files(t *testing.T, packed []byte) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	for reader := tar.NewReader(bytes.NewReader(packed)); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		found[header.Name] = content
	}
}

func TestEveryBlobIsNamedByItsDigest(t *testing.T) {
	for name, content := range files(t, archive(t, image(t))) {
		if digest, isBlob := strings.CutPrefix(name, "blobs/sha256/"); isBlob &&
			digest != fmt.Sprintf("%x", sha256.Sum256(content)) {
			t.Errorf("%s holds something else", name)
		}
	}
}

func TestTheIndexNamesTheImageForContainerd(t *testing.T) {
	var index struct {
		Manifests []struct {
			Digest      string
			Annotations map[string]string
		}
	}
	found := files(t, archive(t, image(t)))
	if err := json.Unmarshal(found["index.json"], &index); err != nil {
		t.Fatal(err)
	}
	if got := index.Manifests[0].Annotations["io.containerd.image.name"]; got != "example.test/tool:1" {
		t.Errorf("name is %q", got)
	}
	if _, there := found["blobs/sha256/"+strings.TrimPrefix(index.Manifests[0].Digest, "sha256:")]; !there {
		t.Error("its manifest is missing")
	}
}

func TestTheLayerHoldsFilesLinksAndTheirFolders(t *testing.T) {
	packed, err := layer(image(t).Entries)
	if err != nil {
		t.Fatal(err)
	}
	found := files(t, packed)
	if string(found["opt/tool"]) != "content" {
		t.Error("the file is missing")
	}
	for _, name := range []string{"opt/", "bin"} {
		if _, there := found[name]; !there {
			t.Errorf("no %s", name)
		}
	}
}

func TestTheSameInputMakesTheSameBytes(t *testing.T) {
	same := image(t)
	if !bytes.Equal(archive(t, same), archive(t, same)) {
		t.Error("they differ")
	}
}
