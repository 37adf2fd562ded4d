package supervise

import (
	"bytes"
	"io"
	"sync"
)

// prefixer marks each line with the component that wrote it.
type prefixer struct {
	prefix []byte
	to     io.Writer
	rest   []byte
}

func newPrefixer(prefix string, to io.Writer) *prefixer {
	return &prefixer{prefix: []byte(prefix), to: to}
}

// Write passes on all whole lines at once, and keeps the part of a line after
// them for later.
func (p *prefixer) Write(text []byte) (int, error) {
	written := len(text)
	var lines []byte
	for {
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			break
		}
		lines = append(lines, p.prefix...)
		lines = append(lines, p.rest...)
		lines = append(lines, text[:end+1]...)
		p.rest, text = p.rest[:0], text[end+1:]
	}
	p.rest = append(p.rest, text...)
	if len(lines) == 0 {
		return written, nil
	}
	_, err := p.to.Write(lines)
	return written, err
}

// flush passes on a last line that has no end.
func (p *prefixer) flush() {
	if len(p.rest) > 0 {
		_, _ = p.Write([]byte{'\n'})
	}
}

// sharedWriter lets several processes write to one place, a call at a time.
type sharedWriter struct {
	mu sync.Mutex
	to io.Writer
}

func (s *sharedWriter) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.to.Write(text)
}
