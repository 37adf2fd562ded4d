package controlapi

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"k8s.io/client-go/kubernetes"

	"vmlab.test/k0s-standin/internal/layout"
)

// Store makes room for members of etcd.
type Store interface {
	AddLearner(ctx context.Context, name, url string) ([]string, error)
}

// Handler answers controllers that join.
func Handler(files layout.Layout, client kubernetes.Interface, store Store) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+caPath, authorized(client, func(w http.ResponseWriter, _ *http.Request) {
		var problem error
		read := func(name string) []byte {
			text, err := os.ReadFile(files.PKIFile(name))
			problem = errors.Join(problem, err)
			return text
		}
		ca := CA{Key: read("ca.key"), Cert: read("ca.crt"), SAKey: read("sa.key"), SAPub: read("sa.pub")}
		answer(w, ca, problem)
	}))
	mux.HandleFunc("POST "+etcdPath, authorized(client, func(w http.ResponseWriter, r *http.Request) {
		granted, err := grant(files, store, r)
		answer(w, granted, err)
	}))
	return mux
}

// grant makes room in the store for the one who asks.
func grant(files layout.Layout, store Store, r *http.Request) (EtcdResponse, error) {
	var wanted EtcdRequest
	if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, 1<<16)).Decode(&wanted); err != nil {
		return EtcdResponse{}, err
	}
	if wanted.Node == "" || wanted.PeerAddress == "" {
		return EtcdResponse{}, errors.New("node and peerAddress must be given")
	}
	key, err := os.ReadFile(files.EtcdPKIFile("ca.key"))
	if err != nil {
		return EtcdResponse{}, err
	}
	certificate, err := os.ReadFile(files.EtcdPKIFile("ca.crt"))
	if err != nil {
		return EtcdResponse{}, err
	}
	members, err := store.AddLearner(r.Context(), wanted.Node, wanted.PeerAddress)
	if err != nil {
		return EtcdResponse{}, err
	}
	slog.Info("a controller joins", "node", wanted.Node, "members", members)
	return EtcdResponse{CA: CA{Key: key, Cert: certificate}, InitialCluster: members}, nil
}

func answer(w http.ResponseWriter, value any, err error) {
	if err != nil {
		slog.Warn("a controller cannot join", "error", err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}

// Serve answers at the port until the context ends.
func Serve(ctx context.Context, files layout.Layout, port int, handler http.Handler) error {
	certificate, err := tls.LoadX509KeyPair(files.PKIFile("k0s-api.crt"), files.PKIFile("k0s-api.key"))
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort("", strconv.Itoa(port)))
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: handler, ReadTimeout: 15 * time.Second, WriteTimeout: 15 * time.Second,
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
	}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	slog.Info("controllers may join", "port", port)
	if err := server.ServeTLS(listener, "", ""); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
