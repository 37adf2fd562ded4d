package status

import (
	"context"

	"vmlab.test/k0s-standin/internal/kubeaccess"
)

// ProbeAPI asks the API how it is as the kubeconfig's user.
func ProbeAPI(ctx context.Context, kubeconfig string) Probe {
	probe, err := kubeaccess.NewProbe(kubeconfig)
	if err == nil {
		err = probe.Ready(ctx)
	}
	if err != nil {
		return Probe{Message: err.Error()}
	}
	return Probe{Success: true}
}
