package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/vishvananda/netlink"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"vmlab.test/k0s-standin/internal/kubeaccess"
)

// routesEvery is the pause between two looks at the nodes. A list from the
// API's cache every so often costs less than a watch that is kept open.
const routesEvery = 3 * time.Second

// KeepRoutes leads traffic for the pods of each other node to that node, for
// as long as the context lasts. All nodes share a subnet.
func KeepRoutes(ctx context.Context, kubeconfig, self string) error {
	var config *rest.Config
	if kubeaccess.Until(ctx, func(context.Context) (err error) {
		// A kubelet that joins writes the file before it has the certificate.
		config, err = kubeaccess.Config(kubeconfig)
		return err
	}) != nil {
		return nil
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	lastProblem := ""
	for ctx.Err() == nil {
		problem := ""
		if err := setRoutes(ctx, client, self); err != nil {
			problem = err.Error()
		}
		if problem != lastProblem && ctx.Err() == nil {
			slog.Info("routes to pods", "problem", problem)
			lastProblem = problem
		}
		select {
		case <-ctx.Done():
		case <-time.After(routesEvery):
		}
	}
	return nil
}

func setRoutes(ctx context.Context, client kubernetes.Interface, self string) error {
	nodes, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{ResourceVersion: "0"})
	if err != nil {
		return err
	}
	var problems []error
	for _, node := range nodes.Items {
		if node.Name == self {
			continue
		}
		for _, route := range routesTo(node) {
			if err := netlink.RouteReplace(&route); err != nil {
				problems = append(problems, fmt.Errorf("route %s: %w", route, err))
			}
		}
	}
	return errors.Join(problems...)
}

// routesTo are the routes to a node's pods, one a family; none while it has no
// addresses.
func routesTo(node corev1.Node) []netlink.Route {
	var routes []netlink.Route
	for _, cidr := range node.Spec.PodCIDRs {
		_, pods, err := net.ParseCIDR(cidr)
		if err != nil {
			continue
		}
		for _, address := range node.Status.Addresses {
			gateway := net.ParseIP(address.Address)
			if address.Type == corev1.NodeInternalIP && (gateway.To4() == nil) == (pods.IP.To4() == nil) {
				routes = append(routes, netlink.Route{Dst: pods, Gw: gateway})
				break
			}
		}
	}
	return routes
}
