// Command ociarchive packs executables into an image and writes it as an OCI
// archive, without a daemon, a registry or root.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"vmlab.test/k0s-standin/internal/oci"
)

const usage = `usage: ociarchive -ref REFERENCE -out FILE [-entrypoint COMMAND] [-user UID:GID] ENTRY...
An ENTRY is PATH=FILE for a copy of a file, or PATH@TARGET for a symbolic link.
`

func main() {
	var image oci.Image
	var out, entrypoint string
	flag.StringVar(&image.Reference, "ref", "", "the image's name")
	flag.StringVar(&out, "out", "", "the archive to write")
	flag.StringVar(&entrypoint, "entrypoint", "", "the command, words separated by spaces")
	flag.StringVar(&image.User, "user", "", "the numeric user and group it runs as")
	flag.Usage = func() { fmt.Fprint(os.Stderr, usage); flag.PrintDefaults() }
	flag.Parse()
	image.Entrypoint = strings.Fields(entrypoint)
	if err := pack(image, out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "ociarchive:", err)
		os.Exit(1)
	}
}

func pack(image oci.Image, out string, entries []string) error {
	if image.Reference == "" || out == "" {
		return errors.New("-ref and -out are needed")
	}
	for _, text := range entries {
		entry, err := parseEntry(text)
		if err != nil {
			return err
		}
		image.Entries = append(image.Entries, entry)
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	return errors.Join(image.Write(file), file.Close())
}

func parseEntry(text string) (oci.Entry, error) {
	if path, source, found := strings.Cut(text, "="); found {
		return oci.Entry{Path: path, Source: source}, nil
	}
	if path, target, found := strings.Cut(text, "@"); found {
		return oci.Entry{Path: path, Link: target}, nil
	}
	return oci.Entry{}, fmt.Errorf("entry %q is neither PATH=FILE nor PATH@TARGET", text)
}
