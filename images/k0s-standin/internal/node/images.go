package node

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"vmlab.test/k0s-standin/internal/layout"
)

// importer is what our containerd is called to import images.
const importer = "import-images"

// archive is an image archive as it was when seen.
type archive struct {
	path string
	size int64
	mark string
}

// ImportImages loads the archives in the images folder into containerd, the
// smallest first, but for those that an earlier start has loaded unchanged.
func ImportImages(ctx context.Context, files layout.Layout) error {
	archives, err := findArchives(files.Images())
	if err != nil {
		return err
	}
	ledger := filepath.Join(files.Containerd(), "imported")
	known, _ := os.ReadFile(ledger)
	marks := strings.Split(string(known), "\n")
	archives = slices.DeleteFunc(archives, func(a archive) bool { return slices.Contains(marks, a.mark) })
	if len(archives) == 0 {
		return nil
	}
	args := []string{layout.ContainerdSocket}
	for _, a := range archives {
		args = append(args, a.path)
		marks = append(marks, a.mark)
	}
	slog.Info("images are imported", "archives", len(archives))
	command := exec.CommandContext(ctx, filepath.Join(files.Bin(), "containerd"), args...)
	command.Args[0] = importer
	output, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("import images: %w: %s", err, output)
	}
	slog.Info("images imported", "names", strings.Fields(string(output)))
	return os.WriteFile(ledger, []byte(strings.Join(marks, "\n")), 0o600)
}

// findArchives lists the archives in a folder, the smallest first.
func findArchives(folder string) ([]archive, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.tar"))
	if err != nil {
		return nil, err
	}
	var found []archive
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		found = append(found, archive{path, info.Size(), mark(path, info)})
	}
	slices.SortFunc(found, func(a, b archive) int { return int(a.size - b.size) })
	return found, nil
}

func mark(path string, info fs.FileInfo) string {
	return fmt.Sprintf("%s %d %d", path, info.Size(), info.ModTime().UnixNano())
}
