package applier

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/rest"
)

const (
	// lookEvery is how often the folder is looked at for changes.
	lookEvery = time.Second
	// refreshEvery is how often unchanged manifests are applied again, against
	// whoever changed their objects.
	refreshEvery = 5 * time.Minute
)

// Applier keeps <folder>/<any>/*.yaml applied.
type Applier struct {
	folder string
	client *client
	// applied is when each file's present version was applied, by its mark.
	applied map[string]time.Time
}

// New makes an applier for a folder.
func New(folder string, config *rest.Config) (*Applier, error) {
	client, err := newClient(config)
	if err != nil {
		return nil, err
	}
	return &Applier{folder, client, map[string]time.Time{}}, nil
}

// Run applies until the context ends. What fails is logged once, and tried
// again until it works.
func (a *Applier) Run(ctx context.Context) {
	lastProblem := ""
	for ctx.Err() == nil {
		problem := ""
		if err := a.pass(ctx); err != nil {
			problem = err.Error()
		}
		if problem != lastProblem && ctx.Err() == nil {
			slog.Info("manifests applied", "problem", problem)
			lastProblem = problem
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
}

// pass applies each file that changed, failed, or is due again.
func (a *Applier) pass(ctx context.Context) error {
	paths, err := filepath.Glob(filepath.Join(a.folder, "*", "*.y*ml"))
	if err != nil {
		return err
	}
	var problems []error
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			continue // It went between two looks.
		}
		mark := fmt.Sprintf("%s %d %d", path, info.Size(), info.ModTime().UnixNano())
		if time.Since(a.applied[mark]) < refreshEvery {
			continue
		}
		if err := a.applyFile(ctx, path); err != nil {
			problems = append(problems, err)
			continue
		}
		a.applied[mark] = time.Now()
	}
	return errors.Join(problems...)
}

// applyFile applies all of a file's objects, also those after one that fails.
func (a *Applier) applyFile(ctx context.Context, path string) error {
	objects, err := readObjects(path)
	problems := []error{err}
	for _, object := range objects {
		problems = append(problems, a.client.apply(ctx, object))
	}
	return errors.Join(problems...)
}
