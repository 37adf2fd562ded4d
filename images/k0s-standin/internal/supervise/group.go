package supervise

import (
	"context"
	"io"
	"log/slog"
	"sync"
)

// Group holds running processes, and stops them in the reverse of the order
// in which they were started.
type Group struct {
	output io.Writer

	mu      sync.Mutex
	running []member
	closed  bool
}

type member struct {
	name  string
	stop  context.CancelFunc
	ended chan struct{}
}

// NewGroup makes an empty group whose processes write to output.
func NewGroup(output io.Writer) *Group { return &Group{output: &sharedWriter{to: output}} }

// Start runs a process until Stop is called. After Stop it does nothing.
func (g *Group) Start(process Process) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	started := member{process.Name, stop, make(chan struct{})}
	g.running = append(g.running, started)
	go func() {
		defer close(started.ended)
		process.run(ctx, g.output)
	}()
}

// Stop ends all processes, the last one started first.
func (g *Group) Stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	for i := len(g.running) - 1; i >= 0; i-- {
		g.running[i].stop()
		<-g.running[i].ended
		slog.Info("component stopped", "component", g.running[i].name)
	}
	g.running = nil
}
