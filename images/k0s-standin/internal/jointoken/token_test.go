package jointoken

import (
	"encoding/base64"
	"os"
	"strings"
	"testing"
	"time"

	"k8s.io/client-go/tools/clientcmd"
)

func TestATokenIsAKubeconfigForItsUser(t *testing.T) {
	token, err := New()
	if err != nil {
		t.Fatal(err)
	}
	text, err := token.Encode(Worker, "https://10.77.0.10:6443", []byte("CA"))
	if err != nil {
		t.Fatal(err)
	}
	kubeconfig, err := Decode(text+"\n", Worker)
	if err != nil {
		t.Fatal(err)
	}
	config, err := clientcmd.Load(kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	if config.CurrentContext != "k0s" || config.Clusters["k0s"].Server != "https://10.77.0.10:6443" ||
		config.AuthInfos["kubelet-bootstrap"].Token != token.ID+"."+token.Secret {
		t.Errorf("%s", kubeconfig)
	}
}

func TestATokenOfAnotherRoleIsRefused(t *testing.T) {
	text, err := Token{"abcdef", "0123456789abcdef"}.Encode(Controller, "https://10.77.0.1:9443", []byte("CA"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Decode(text, Worker); err == nil || !strings.Contains(err.Error(), "not a worker's") {
		t.Error(err)
	}
	if _, err := Decode(text, Controller); err != nil {
		t.Error(err)
	}
}

// The token in testdata was written by lab itself (see its JoinTokenTest).
func TestATokenThatLabWroteIsAController(t *testing.T) {
	text, err := os.ReadFile("testdata/controller-token")
	if err != nil {
		t.Fatal(err)
	}
	kubeconfig, err := Decode(string(text), Controller)
	if err != nil {
		t.Fatal(err)
	}
	config, err := clientcmd.RESTConfigFromKubeConfig(kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	if config.Host != "https://10.77.0.1:9443" || config.BearerToken != "abcdef.secretsecretsecr" || string(config.CAData) != "PEM" {
		t.Errorf("%s", kubeconfig)
	}
}

func TestWhatIsNoTokenIsRefused(t *testing.T) {
	for _, text := range []string{"", "!", base64.StdEncoding.EncodeToString([]byte("not gzip"))} {
		if _, err := Decode(text, Worker); err == nil || !strings.Contains(err.Error(), "join token") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestATokenWithoutValidityHasNoExpiry(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	token := Token{"abcdef", "0123456789abcdef"}
	if _, found := token.SecretOf(Worker, now, 0).StringData["expiration"]; found {
		t.Error("it expires")
	}
	secret := token.SecretOf(Worker, now, time.Hour)
	if secret.Name != "bootstrap-token-abcdef" || secret.StringData["expiration"] != "2026-01-02T04:04:05Z" {
		t.Errorf("%+v", secret)
	}
}
