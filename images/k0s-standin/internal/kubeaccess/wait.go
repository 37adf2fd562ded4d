package kubeaccess

import (
	"context"
	"net"
	"time"
)

// often is the pause between two looks at something awaited: short beside
// what an emulated guest takes for anything, cheap beside what it does then.
const often = 200 * time.Millisecond

// Until looks again and again until look is content or the context ends; then
// it returns the context's error.
func Until(ctx context.Context, look func(context.Context) error) error {
	for look(ctx) != nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(often):
		}
	}
	return nil
}

// Listening looks whether someone accepts connections at an address.
func Listening(network, address string) func(context.Context) error {
	return func(ctx context.Context) error {
		connection, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return err
		}
		return connection.Close()
	}
}
