// Command containerd is upstream containerd without the snapshotters and
// differs that a lab's node has no use for, and, called as import-images, the
// client that loads image archives into it.
//
// Both are one program because they share nearly all of their code.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/containerd/containerd/v2/cmd/containerd/command"
)

func main() {
	if filepath.Base(os.Args[0]) == "import-images" {
		exitOn("import-images", importImages(os.Args[1:]))
		return
	}
	exitOn("containerd", command.App().Run(os.Args))
}

func exitOn(name string, err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}
