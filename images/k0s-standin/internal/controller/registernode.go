package controller

import (
	"context"
	"log/slog"
	"runtime"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"vmlab.test/k0s-standin/internal/kubeaccess"
)

// registerNode makes this controller's node in the API before the kubelet
// starts. So the node has its role, which a kubelet may not give itself; it
// has its addresses for pods by the time the kubelet asks; and nothing in the
// kubelet waits for its own registration, which it does with growing pauses.
func (c *controller) registerNode(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-c.answering:
	}
	config, err := kubeaccess.Config(c.files.AdminConf())
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	node := c.nodeObject()
	err = kubeaccess.Until(ctx, func(ctx context.Context) error {
		_, err := client.CoreV1().Nodes().Create(ctx, node, metav1.CreateOptions{})
		if apierrors.IsAlreadyExists(err) {
			return nil
		}
		return err
	})
	if err == nil {
		slog.Info("the node is registered", "node", c.node)
	}
	return err
}

func (c *controller) nodeObject() *corev1.Node {
	node := &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: c.node, Labels: map[string]string{
		controlPlane:           "true",
		corev1.LabelHostname:   c.node,
		corev1.LabelOSStable:   runtime.GOOS,
		corev1.LabelArchStable: runtime.GOARCH,
	}}}
	for _, label := range c.options.labels() {
		key, value, _ := strings.Cut(label, "=")
		node.Labels[key] = value
	}
	for _, taint := range c.options.taints() {
		node.Spec.Taints = append(node.Spec.Taints, parseTaint(taint))
	}
	return node
}

// parseTaint reads key=value:effect or key:effect.
func parseTaint(text string) corev1.Taint {
	rest, effect, _ := strings.Cut(text, ":")
	key, value, _ := strings.Cut(rest, "=")
	return corev1.Taint{Key: key, Value: value, Effect: corev1.TaintEffect(effect)}
}
