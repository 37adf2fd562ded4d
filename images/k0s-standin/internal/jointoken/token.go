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

// Encode is the text a joining node is given: a kubeconfig, gzipped, in
// base64.
func (t Token) Encode(role Role, server string, ca []byte) (string, error) {
	kubeconfig, err := pki.Kubeconfig(server, ca, role.user, &clientcmdapi.AuthInfo{Token: t.String()})
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
// is one of the role.
func Decode(text string, role Role) ([]byte, error) {
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
	if _, found := config.AuthInfos[role.user]; !found {
		return nil, fmt.Errorf("join token: it is not a %s's: it has no user %s", role.name, role.user)
	}
	return kubeconfig, nil
}
