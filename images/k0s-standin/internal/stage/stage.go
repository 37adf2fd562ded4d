// Package stage puts the components' executables where k0s keeps them.
package stage

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Link makes bin/<name> lead to the running executable for each name: it is
// all of these components at once, and looks at its name to know which.
func Link(bin string, names []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return err
	}
	for _, name := range names {
		if err := link(self, filepath.Join(bin, name)); err != nil {
			return err
		}
	}
	return nil
}

func link(target, path string) error {
	if found, err := os.Readlink(path); err == nil && found == target {
		return nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Symlink(target, path)
}

// Unpack writes each file of the payload to bin, unless a file of the same
// stamp was written there before.
func Unpack(bin string, payload fs.FS, stamp string) error {
	stampFile := filepath.Join(bin, ".stamp")
	if found, err := os.ReadFile(stampFile); err == nil && string(found) == stamp {
		return nil
	}
	entries, err := fs.ReadDir(payload, ".")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if err := unpackOne(bin, payload, entry.Name()); err != nil {
			return fmt.Errorf("unpack %s: %w", entry.Name(), err)
		}
	}
	return os.WriteFile(stampFile, []byte(stamp), 0o644)
}

// unpackOne replaces a file as a whole: the old one may be running.
func unpackOne(bin string, payload fs.FS, name string) error {
	source, err := payload.Open(name)
	if err != nil {
		return err
	}
	defer source.Close()
	partial := filepath.Join(bin, "."+name)
	target, err := os.OpenFile(partial, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	if err := errors.Join(err, target.Close()); err != nil {
		return err
	}
	return os.Rename(partial, filepath.Join(bin, name))
}
