package controlapi

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	bootstraputil "k8s.io/cluster-bootstrap/token/util"
	bootstraptoken "k8s.io/kubernetes/cmd/kubeadm/app/apis/bootstraptoken/v1"
)

// usage is what a token must be for.
const usage = "controller-join"

// authorized lets only those pass who show a token that the API knows.
func authorized(client kubernetes.Interface, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !found || !mayJoin(r.Context(), client, token, time.Now()) {
			http.Error(w, "this token lets no controller join", http.StatusUnauthorized)
			return
		}
		next(w, r)
	}
}

func mayJoin(ctx context.Context, client kubernetes.Interface, text string, now time.Time) bool {
	shown, err := bootstraptoken.NewBootstrapTokenString(text)
	if err != nil {
		return false
	}
	secret, err := client.CoreV1().Secrets(metav1.NamespaceSystem).Get(ctx,
		bootstraputil.BootstrapTokenSecretName(shown.ID), metav1.GetOptions{})
	if err != nil {
		return false
	}
	known, err := bootstraptoken.BootstrapTokenFromSecret(secret)
	if err != nil || *known.Token != *shown || known.Expires != nil && !now.Before(known.Expires.Time) {
		return false
	}
	// Older tokens name the usage in a key of another kind.
	return slices.Contains(known.Usages, usage) || string(secret.Data["usage-"+usage]) == "true"
}
