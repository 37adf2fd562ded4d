package controller

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"

	"vmlab.test/k0s-standin/internal/kubeaccess"
)

// leaderLease is the lease of the one controller that keeps the manifests
// applied: k0s's name for it.
const leaderLease = "k0s-endpoint-reconciler"

// whileLeading does the work whenever this controller leads, until the context
// ends. Nobody waits for its work, so a new leader may take its time.
func (c *controller) whileLeading(ctx context.Context, config *rest.Config, work func(context.Context)) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	if kubeaccess.Until(ctx, func(ctx context.Context) error {
		_, err := client.CoreV1().Namespaces().Get(ctx, corev1.NamespaceNodeLease, metav1.GetOptions{})
		return err
	}) != nil {
		return nil
	}
	elector, err := leaderelection.NewLeaderElector(leaderelection.LeaderElectionConfig{
		Lock: &resourcelock.LeaseLock{
			LeaseMeta:  metav1.ObjectMeta{Name: leaderLease, Namespace: corev1.NamespaceNodeLease},
			Client:     client.CoordinationV1(),
			LockConfig: resourcelock.ResourceLockConfig{Identity: c.node},
		},
		LeaseDuration: 60 * time.Second, RenewDeadline: 40 * time.Second, RetryPeriod: 10 * time.Second,
		ReleaseOnCancel: true,
		Callbacks:       leaderelection.LeaderCallbacks{OnStartedLeading: work, OnStoppedLeading: func() {}},
	})
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		elector.Run(ctx)
	}
	return nil
}
