package etcd_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/etcd/server/v3/etcdmain"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/controlplane"
	"vmlab.test/k0s-standin/internal/etcd"
	"vmlab.test/k0s-standin/internal/kubeaccess"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/pki"
	"vmlab.test/k0s-standin/internal/stage"
	"vmlab.test/k0s-standin/internal/supervise"
)

// The tests run real members, each a process with the flags that a controller
// gives it: this executable is etcd when called so, as k0s is.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "etcd" {
		etcdmain.Main(os.Args)
		return
	}
	os.Exit(m.Run())
}

// member is one of several on this machine, each at a loopback address of its
// own.
type member struct {
	t       *testing.T
	name    string
	files   layout.Layout
	cluster clusterconfig.Cluster
	socket  string
	group   *supervise.Group
	client  *etcd.Client
}

func newMember(t *testing.T, name, address string) *member {
	m := &member{t: t, name: name, files: layout.Layout{Data: t.TempDir()}, cluster: clusterconfig.Default()}
	m.socket = filepath.Join(m.files.Data, "s")
	m.cluster.Spec.Storage.Etcd = clusterconfig.Etcd{
		PeerAddress: address,
		ExtraArgs: map[string]string{
			"listen-client-urls": "unix://" + m.socket, "log-level": "error",
			// On one machine all connections come from 127.0.0.1, and no certificate says so.
			"peer-skip-client-san-verification": "true",
		},
	}
	m.must(stage.Link(m.files.Bin(), []string{"etcd"}))
	client, err := etcd.Dial(m.socket)
	m.must(err)
	m.client = client
	t.Cleanup(func() {
		m.stop()
		client.Close()
	})
	return m
}

func (m *member) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatalf("%s: %v", m.name, err)
	}
}

func (m *member) start(joins ...string) {
	m.t.Helper()
	m.must(pki.PrepareEtcd(m.files, m.cluster))
	m.group = supervise.NewGroup(os.Stderr)
	m.group.Start(controlplane.Etcd(m.files, m.cluster, controlplane.Member{Name: m.name, Joins: joins}))
}

func (m *member) stop() {
	if m.group != nil {
		m.group.Stop()
		m.group = nil
	}
}

// takeKeysOf does what the control API does for a member that joins.
func (m *member) takeKeysOf(other *member) {
	m.must(os.MkdirAll(m.files.EtcdPKI(), 0o755))
	for _, name := range []string{"ca.crt", "ca.key"} {
		text, err := os.ReadFile(other.files.EtcdPKIFile(name))
		m.must(err)
		m.must(os.WriteFile(m.files.EtcdPKIFile(name), text, 0o600))
	}
}

func (m *member) votes() {
	m.t.Helper()
	m.until("votes", m.client.Votes)
}

// until repeats what may fail while members come and go.
func (m *member) until(what string, look func(context.Context) error) {
	m.t.Helper()
	ctx, cancel := context.WithTimeout(m.t.Context(), time.Minute)
	defer cancel()
	var last error
	if err := kubeaccess.Until(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		last = look(ctx)
		return last
	}); err != nil {
		m.t.Fatalf("%s: %s: %v", m.name, what, last)
	}
}

func TestMembersJoinOneAfterTheOtherAndOneMayFail(t *testing.T) {
	net := fmt.Sprintf("127.%d.%d.", 1+rand.IntN(250), rand.IntN(250))
	first, second, third := newMember(t, "a", net+"1"), newMember(t, "b", net+"2"), newMember(t, "c", net+"3")
	first.start()
	first.votes()

	for _, joining := range []*member{second, third} {
		url := joining.cluster.Spec.Storage.Etcd.PeerURL()
		var all []string
		first.until("make room for "+joining.name, func(ctx context.Context) (err error) {
			all, err = first.client.AddLearner(ctx, joining.name, url)
			return err
		})
		again, err := first.client.AddLearner(t.Context(), joining.name, url)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(all) {
			t.Errorf("asked twice: %v %v", again, err)
		}
		joining.takeKeysOf(first)
		joining.start(all...)
		first.until("promote "+joining.name, func(ctx context.Context) error {
			promoted, err := first.client.Promote(ctx)
			if err == nil && len(promoted) == 0 {
				return fmt.Errorf("nobody was ready")
			}
			return err
		})
		joining.votes()
	}
	if _, err := first.client.AddLearner(t.Context(), "b", second.cluster.Spec.Storage.Etcd.PeerURL()); err == nil {
		t.Error("a member that runs was added again")
	}

	first.stop()
	second.until("write with one of three away", func(ctx context.Context) error {
		_, err := second.client.Put(ctx, "key", "value")
		return err
	})

	first.start() // It joins nothing: it is a member.
	first.votes()
	found, err := first.client.Get(t.Context(), "key")
	if err != nil || len(found.Kvs) != 1 {
		t.Errorf("the one that was away misses what was written: %v %v", found, err)
	}
	members, err := third.client.Members(t.Context())
	if err != nil || len(members) != 3 || members["a"] != first.cluster.Spec.Storage.Etcd.PeerURL() {
		t.Errorf("%v %v", members, err)
	}

	third.until("leave", func(ctx context.Context) error {
		return first.client.Leave(ctx, third.cluster.Spec.Storage.Etcd.PeerURL())
	})
	if members, err := first.client.Members(t.Context()); err != nil || len(members) != 2 {
		t.Errorf("%v %v", members, err)
	}
}

func TestNobodyWithoutACertificateIsAPeer(t *testing.T) {
	alone := newMember(t, "a", fmt.Sprintf("127.%d.%d.1", 1+rand.IntN(250), rand.IntN(250)))
	alone.start()
	alone.votes()
	connection, err := tls.Dial("tcp", alone.cluster.Spec.Storage.Etcd.PeerAddress+":2380", &tls.Config{InsecureSkipVerify: true})
	if err == nil {
		// With TLS 1.3 the refusal comes after the client's own handshake.
		_, err = connection.Read(make([]byte, 1))
		connection.Close()
	}
	if err == nil {
		t.Error("a stranger was let in")
	}
}
