package controller

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"vmlab.test/k0s-standin/internal/controlapi"
	"vmlab.test/k0s-standin/internal/controlplane"
	"vmlab.test/k0s-standin/internal/jointoken"
)

// joinEvery is the pause between two attempts to join.
const joinEvery = time.Second

// join makes this controller one of those that there are, if it has a token:
// it fetches the cluster's keys and a place in the store. One whose store has
// run keeps its place and never reads its token again.
func (c *controller) join(ctx context.Context) (controlplane.Member, error) {
	member := controlplane.Member{Name: c.node, Alone: c.options.Single}
	if _, err := os.Stat(c.files.EtcdWAL()); err == nil {
		return member, nil
	}
	text, err := c.options.token()
	if err != nil || text == "" {
		return member, err
	}
	kubeconfig, err := jointoken.Decode(text, jointoken.Controller)
	if err != nil {
		return member, err
	}
	client, err := controlapi.NewClient(kubeconfig)
	if err != nil {
		return member, err
	}
	slog.Info("this controller joins others", "address", client.Address)

	ca, err := insist(ctx, "the cluster's keys", client.CA)
	if err != nil {
		return member, err
	}
	if err := writeSecrets(c.files.PKI(), map[string][]byte{
		"ca.key": ca.Key, "ca.crt": ca.Cert, "sa.key": ca.SAKey, "sa.pub": ca.SAPub,
	}); err != nil {
		return member, err
	}
	granted, err := insist(ctx, "a place in etcd", func(ctx context.Context) (controlapi.EtcdResponse, error) {
		return client.JoinEtcd(ctx, controlapi.EtcdRequest{Node: c.node, PeerAddress: c.cluster.Spec.Storage.Etcd.PeerURL()})
	})
	if err != nil {
		return member, err
	}
	member.Joins = granted.InitialCluster
	return member, writeSecrets(c.files.EtcdPKI(), map[string][]byte{"ca.key": granted.CA.Key, "ca.crt": granted.CA.Cert})
}

// insist asks again until it is answered: the other controllers may be
// starting, or another one may be joining, and one does after the other.
func insist[T any](ctx context.Context, what string, ask func(context.Context) (T, error)) (T, error) {
	lastProblem := ""
	for {
		found, err := ask(ctx)
		if err == nil {
			slog.Info("joining: got " + what)
			return found, nil
		}
		if err.Error() != lastProblem {
			slog.Info("joining: waiting for "+what, "problem", err)
			lastProblem = err.Error()
		}
		select {
		case <-ctx.Done():
			return found, fmt.Errorf("joining: %s: %w", what, ctx.Err())
		case <-time.After(joinEvery):
		}
	}
}

func writeSecrets(folder string, files map[string][]byte) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
