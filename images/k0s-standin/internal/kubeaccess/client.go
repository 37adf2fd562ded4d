// Package kubeaccess reaches the API of the cluster k0s runs.
package kubeaccess

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// Config reads a kubeconfig; requests are neither limited nor counted.
func Config(kubeconfig string) (*rest.Config, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS = -1
	config.UserAgent = "k0s-standin"
	return config, nil
}

// Probe asks the API how it is.
type Probe struct {
	client *http.Client
	host   string
}

// NewProbe makes a probe that asks as the kubeconfig's user.
func NewProbe(kubeconfig string) (*Probe, error) {
	config, err := Config(kubeconfig)
	if err != nil {
		return nil, err
	}
	config.Timeout = 10 * time.Second
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, err
	}
	return &Probe{client, config.Host}, nil
}

// Answers is nil when the API says anything at all.
func (p *Probe) Answers(ctx context.Context) error {
	_, err := p.get(ctx)
	return err
}

// Ready is nil when the API says it is ready, or else why not.
func (p *Probe) Ready(ctx context.Context) error {
	answer, err := p.get(ctx)
	if err == nil && answer.status != http.StatusOK {
		err = fmt.Errorf("the API is not ready: status %d: %s", answer.status, answer.text)
	}
	return err
}

type answer struct {
	status int
	text   []byte
}

func (p *Probe) get(ctx context.Context) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.host+"/readyz", nil)
	if err != nil {
		return answer{}, err
	}
	response, err := p.client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 4096))
	return answer{response.StatusCode, text}, err
}
