// Package oci writes images as OCI archives. The same input makes the same
// bytes: there are no times and no owners but root in them.
package oci

import (
	"archive/tar"
	"bytes"
	"fmt"
	"os"
	"path"
	"strings"
)

// Entry is a file or a link in an image.
type Entry struct {
	// Path is where it lies in the image, from /.
	Path string
	// Source is the file on this machine, Link the target of a symbolic link;
	// one of the two is set.
	Source, Link string
}

// layer is an uncompressed tar of the entries and the folders they lie in:
// an emulated guest takes minutes to unpack a compressed one.
func layer(entries []Entry) ([]byte, error) {
	var packed bytes.Buffer
	writer := tar.NewWriter(&packed)
	folders := map[string]bool{".": true}
	for _, entry := range entries {
		name := strings.TrimPrefix(path.Clean(entry.Path), "/")
		if err := addFolders(writer, folders, path.Dir(name)); err != nil {
			return nil, err
		}
		if err := entry.add(writer, name); err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Path, err)
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

func addFolders(writer *tar.Writer, known map[string]bool, folder string) error {
	if known[folder] {
		return nil
	}
	if err := addFolders(writer, known, path.Dir(folder)); err != nil {
		return err
	}
	known[folder] = true
	return writer.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: folder + "/", Mode: 0o755})
}

func (e Entry) add(writer *tar.Writer, name string) error {
	if e.Link != "" {
		return writer.WriteHeader(&tar.Header{Typeflag: tar.TypeSymlink, Name: name, Linkname: e.Link, Mode: 0o777})
	}
	content, err := os.ReadFile(e.Source)
	if err != nil {
		return err
	}
	header := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(content)), Mode: 0o755}
	if err := writer.WriteHeader(header); err != nil {
		return err
	}
	_, err = writer.Write(content)
	return err
}
