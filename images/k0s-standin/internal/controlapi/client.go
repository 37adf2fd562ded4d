package controlapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// patience is how long one request may take. What is asked for may need a
// majority of the store's members, some of which are just starting.
const patience = 15 * time.Second

// Client asks to join.
type Client struct {
	http *http.Client
	// Address is where it asks.
	Address string
}

// NewClient asks as the kubeconfig in a token says.
func NewClient(kubeconfig []byte) (*Client, error) {
	config, err := clientcmd.RESTConfigFromKubeConfig(kubeconfig)
	if err != nil {
		return nil, fmt.Errorf("join token: %w", err)
	}
	config.Timeout = patience
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, fmt.Errorf("join token: %w", err)
	}
	return &Client{client, strings.TrimSuffix(config.Host, "/")}, nil
}

// CA gets the cluster's keys.
func (c *Client) CA(ctx context.Context) (CA, error) {
	var ca CA
	err := c.ask(ctx, http.MethodGet, caPath, nil, &ca)
	return ca, err
}

// JoinEtcd gets a place in the store.
func (c *Client) JoinEtcd(ctx context.Context, wanted EtcdRequest) (EtcdResponse, error) {
	var granted EtcdResponse
	err := c.ask(ctx, http.MethodPost, etcdPath, wanted, &granted)
	return granted, err
}

func (c *Client) ask(ctx context.Context, method, path string, body, into any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, method, c.Address+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	found, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s%s: status %d: %s", c.Address, path, response.StatusCode, bytes.TrimSpace(found))
	}
	return json.Unmarshal(found, into)
}
