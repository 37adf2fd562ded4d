package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"vmlab.test/k0s-standin/internal/jointoken"
	"vmlab.test/k0s-standin/internal/kubeaccess"
	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/status"
)

func tokenCommand() *cobra.Command {
	command := &cobra.Command{Use: "token", Short: "Make join tokens"}
	command.AddCommand(tokenCreate(), tokenPreShared())
	return command
}

func tokenCreate() *cobra.Command {
	var dataDir, roleName string
	var expiry time.Duration
	command := &cobra.Command{
		Use: "create", Short: "Make a token and print it", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			role, err := jointoken.RoleNamed(roleName)
			if err != nil {
				return err
			}
			text, err := createToken(command.Context(), layout.Layout{Data: dataDir}, role, expiry)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(command.OutOrStdout(), text)
			return err
		},
	}
	command.Flags().StringVar(&roleName, "role", "worker", "the role of the node that joins")
	command.Flags().DurationVar(&expiry, "expiry", 0, "how long the token is valid; 0: for ever")
	dataDirFlag(command, &dataDir)
	return command
}

func createToken(ctx context.Context, files layout.Layout, role jointoken.Role, expiry time.Duration) (string, error) {
	running, err := status.Ask(ctx, layout.StatusSocket)
	if err != nil {
		return "", err
	}
	if running.SingleNode {
		return "", errors.New("refusing to create token: cannot join into a single node cluster")
	}
	ca, err := os.ReadFile(files.PKIFile("ca.crt"))
	if err != nil {
		return "", err
	}
	config, err := kubeaccess.Config(files.AdminConf())
	if err != nil {
		return "", err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return "", err
	}
	token, err := jointoken.New()
	if err != nil {
		return "", err
	}
	secret := token.SecretOf(role, time.Now(), expiry)
	if _, err := client.CoreV1().Secrets(secret.Namespace).Create(ctx, secret, metav1.CreateOptions{}); err != nil {
		return "", err
	}
	return token.Encode(role, role.URL(*running.ClusterConfig), ca)
}
