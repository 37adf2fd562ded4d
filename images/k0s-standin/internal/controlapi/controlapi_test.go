package controlapi

import (
	"context"
	"encoding/pem"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes/fake"

	"vmlab.test/k0s-standin/internal/jointoken"
	"vmlab.test/k0s-standin/internal/layout"
)

type store struct{ err error }

func (s store) AddLearner(_ context.Context, name, url string) ([]string, error) {
	return []string{"first=https://10.77.0.11:2380", name + "=" + url}, s.err
}

var token = jointoken.Token{ID: "abcdef", Secret: "0123456789abcdef"}

// asAPI makes of a Secret what the API does.
func asAPI(secret *corev1.Secret) *corev1.Secret {
	secret.Data = map[string][]byte{}
	for key, value := range secret.StringData {
		secret.Data[key] = []byte(value)
	}
	return secret
}

// joining is a client that shows the token, of a controller that knows the secret.
func joining(t *testing.T, secret *corev1.Secret, store Store) *Client {
	t.Helper()
	files := layout.Layout{Data: t.TempDir()}
	for name, text := range map[string]string{"ca.key": "K", "ca.crt": "C", "sa.key": "SK", "sa.pub": "SP",
		"etcd/ca.key": "EK", "etcd/ca.crt": "EC"} {
		path := files.PKIFile(name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewTLSServer(Handler(files, fake.NewClientset(asAPI(secret)), store))
	t.Cleanup(server.Close)
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	text, err := token.Encode(jointoken.Controller, server.URL, ca)
	if err != nil {
		t.Fatal(err)
	}
	kubeconfig, err := jointoken.Decode(text, jointoken.Controller)
	if err != nil {
		t.Fatal(err)
	}
	client, err := NewClient(kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestAControllerWithATokenGetsTheKeysAndAPlace(t *testing.T) {
	client := joining(t, token.SecretOf(jointoken.Controller, time.Now(), time.Hour), store{})
	ca, err := client.CA(t.Context())
	if err != nil || string(ca.Key)+string(ca.Cert)+string(ca.SAKey)+string(ca.SAPub) != "KCSKSP" {
		t.Errorf("%+v %v", ca, err)
	}
	granted, err := client.JoinEtcd(t.Context(), EtcdRequest{"cp2", "https://10.77.0.12:2380"})
	if err != nil || string(granted.CA.Key)+string(granted.CA.Cert) != "EKEC" ||
		len(granted.InitialCluster) != 2 || granted.InitialCluster[1] != "cp2=https://10.77.0.12:2380" {
		t.Errorf("%+v %v", granted, err)
	}
}

func TestNobodyElseGetsAnything(t *testing.T) {
	now := time.Now()
	other := jointoken.Token{ID: token.ID, Secret: "fedcba9876543210"}
	for name, secret := range map[string]*corev1.Secret{
		"a worker's token":   token.SecretOf(jointoken.Worker, now, 0),
		"an expired token":   token.SecretOf(jointoken.Controller, now.Add(-2*time.Hour), time.Hour),
		"another's secret":   other.SecretOf(jointoken.Controller, now, 0),
		"a token not known":  jointoken.Token{ID: "zzzzzz", Secret: token.Secret}.SecretOf(jointoken.Controller, now, 0),
		"a Secret of a kind": {ObjectMeta: token.SecretOf(jointoken.Controller, now, 0).ObjectMeta},
	} {
		client := joining(t, secret, store{})
		if ca, err := client.CA(t.Context()); err == nil || !strings.Contains(err.Error(), "401") || ca.Key != nil {
			t.Errorf("%s: %+v %v", name, ca, err)
		}
		if granted, err := client.JoinEtcd(t.Context(), EtcdRequest{"cp2", "x"}); err == nil || granted.CA.Key != nil {
			t.Errorf("%s: %+v %v", name, granted, err)
		}
	}
}

func TestWhyThereIsNoPlaceIsSaid(t *testing.T) {
	client := joining(t, token.SecretOf(jointoken.Controller, time.Now(), 0), store{errors.New("too many learners")})
	granted, err := client.JoinEtcd(t.Context(), EtcdRequest{"cp2", "https://10.77.0.12:2380"})
	if err == nil || !strings.Contains(err.Error(), "too many learners") || granted.CA.Key != nil {
		t.Errorf("%+v %v", granted, err)
	}
}
