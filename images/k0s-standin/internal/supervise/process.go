// Package supervise keeps the components' processes running.
package supervise

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// Process is a program that should run for as long as k0s does.
type Process struct {
	// Name is the component's; its output is marked with it.
	Name string
	// Path is the executable.
	Path string
	Args []string
	// Grace is how long it may take to end when asked to; then it is killed.
	// Zero means defaultGrace.
	Grace time.Duration
}

const (
	// firstRest is how long a process that ended rests before its next start;
	// each further end doubles it up to longestRest.
	firstRest   = 500 * time.Millisecond
	longestRest = 8 * time.Second
	// settled is how long a process must have run for its rest to start anew.
	settled      = time.Minute
	defaultGrace = 20 * time.Second
)

// run starts the process, and starts it again whenever it ends, until the
// context does; then it asks the process to end and waits for that.
func (p Process) run(ctx context.Context, output io.Writer) {
	// The kernel kills the child when the thread that made it ends: this
	// goroutine keeps its thread for as long as the child lives.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()

	rest := firstRest
	for ctx.Err() == nil {
		started := time.Now()
		err := p.once(ctx, output)
		if ctx.Err() != nil {
			return
		}
		if time.Since(started) > settled {
			rest = firstRest
		}
		slog.Warn("component ended; it is started again", "component", p.Name, "after", rest, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
		rest = min(2*rest, longestRest)
	}
}

// once runs the process until it ends, or until the context does.
func (p Process) once(ctx context.Context, output io.Writer) error {
	lines := newPrefixer("component="+p.Name+" ", output)
	defer lines.flush()
	command := exec.CommandContext(ctx, p.Path, p.Args...)
	command.Args[0] = p.Name
	command.Stdout, command.Stderr = lines, lines
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = cmp.Or(p.Grace, defaultGrace)
	if err := command.Start(); err != nil {
		return fmt.Errorf("start %s: %w", p.Path, err)
	}
	slog.Info("component started", "component", p.Name, "pid", command.Process.Pid)
	return command.Wait()
}
