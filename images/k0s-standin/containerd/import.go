package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	containerd "github.com/containerd/containerd/v2/client"
	"github.com/containerd/containerd/v2/pkg/namespaces"
)

// criNamespace is where the kubelet's images live.
const criNamespace = "k8s.io"

// pinned keeps the kubelet's garbage collection away from images that nothing
// could pull again.
var pinned = map[string]string{"io.cri-containerd.pinned": "pinned"}

// importImages loads and unpacks each archive in turn into the containerd
// that listens on the socket named first, and says each image's name on
// stdout. A bad archive does not stop those after it.
func importImages(args []string) error {
	if len(args) < 2 {
		return errors.New("usage: import-images SOCKET ARCHIVE...")
	}
	client, err := containerd.New(args[0], containerd.WithTimeout(30*time.Second))
	if err != nil {
		return err
	}
	defer client.Close()
	ctx := namespaces.WithNamespace(context.Background(), criNamespace)

	var failures []error
	for _, archive := range args[1:] {
		if err := importArchive(ctx, client, archive); err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", archive, err))
		}
	}
	return errors.Join(failures...)
}

func importArchive(ctx context.Context, client *containerd.Client, path string) error {
	archive, err := os.Open(path)
	if err != nil {
		return err
	}
	defer archive.Close()
	images, err := client.Import(ctx, archive, containerd.WithImageLabels(pinned),
		containerd.WithSkipMissing())
	if err != nil {
		return err
	}
	for _, image := range images {
		if err := containerd.NewImage(client, image).Unpack(ctx, ""); err != nil {
			return fmt.Errorf("unpack %s: %w", image.Name, err)
		}
		fmt.Println(image.Name)
	}
	return nil
}
