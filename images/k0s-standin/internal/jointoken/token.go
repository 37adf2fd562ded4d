// Package jointoken makes and reads the tokens with which nodes join.
package jointoken

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	bootstraputil "k8s.io/cluster-bootstrap/token/util"

	"vmlab.test/k0s-standin/internal/pki"
)

// workerUser is what a joining worker is called in its kubeconfig.
const workerUser = "kubelet-bootstrap"

// Token is a bootstrap token of Kubernetes: a public id and a secret.
type Token struct{ ID, Secret string }

// New makes a random token.
func New() (Token, error) {
	text, err := bootstraputil.GenerateBootstrapToken()
	if err != nil {
		return Token{}, err
	}
	id, secret, _ := strings.Cut(text, ".")
	return Token{id, secret}, nil
}

// String is the token as the API expects it in a request.
func (t Token) String() string { return t.ID + "." + t.Secret }

// Encode is the text a joining worker is given: a kubeconfig, gzipped, in
// base64.
func (t Token) Encode(server string, ca []byte) (string, error) {
	kubeconfig, err := pki.Kubeconfig(server, ca, workerUser, &clientcmdapi.AuthInfo{Token: t.String()})
	if err != nil {
		return "", err
	}
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	if _, err := writer.Write(kubeconfig); err != nil {
		return "", err
	}
	if err := writer.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes()), nil
}

// Decode returns the kubeconfig in what Encode made, after checking that it
// is a worker's.
func Decode(text string) ([]byte, error) {
	packed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("join token: %w", err)
	}
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("join token: %w", err)
	}
	kubeconfig, err := io.ReadAll(io.LimitReader(reader, 1<<20))
	if err != nil {
		return nil, fmt.Errorf("join token: %w", err)
	}
	config, err := clientcmd.Load(kubeconfig)
	if err != nil {
		return nil, fmt.Errorf("join token: %w", err)
	}
	if _, found := config.AuthInfos[workerUser]; !found {
		return nil, fmt.Errorf("join token: it is not a worker's: it has no user %s", workerUser)
	}
	return kubeconfig, nil
}
