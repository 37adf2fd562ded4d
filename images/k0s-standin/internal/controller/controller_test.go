package controller

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
)

func TestTheNodeHasItsRoleLabelsAndTaints(t *testing.T) {
	c := controller{node: "cp", options: Options{EnableWorker: true, Labels: []string{"disk=fast"},
		Taints: []string{"a=b:NoExecute"}}}
	node := c.nodeObject()
	if node.Labels[controlPlane] != "true" || node.Labels["disk"] != "fast" || node.Labels[corev1.LabelHostname] != "cp" {
		t.Errorf("labels are %v", node.Labels)
	}
	want := []corev1.Taint{{Key: controlPlane, Effect: "NoSchedule"}, {Key: "a", Value: "b", Effect: "NoExecute"}}
	if len(node.Spec.Taints) != 2 || node.Spec.Taints[0] != want[0] || node.Spec.Taints[1] != want[1] {
		t.Errorf("taints are %v", node.Spec.Taints)
	}
}

func TestASingleNodeHasNoTaintOfItsRole(t *testing.T) {
	for _, options := range []Options{{Single: true}, {EnableWorker: true, NoTaints: true}} {
		if taints := options.taints(); len(taints) != 0 {
			t.Errorf("%+v has %v", options, taints)
		}
	}
}

func TestASingleNodeDoesNotJoin(t *testing.T) {
	err := Run(t.Context(), Options{Single: true, TokenFile: "/etc/k0s/token"})
	if err == nil || !strings.Contains(err.Error(), "--single") {
		t.Errorf("error is %v", err)
	}
}
