package cli

import (
	"github.com/spf13/cobra"

	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/pki"
)

func kubeconfigCommand() *cobra.Command {
	command := &cobra.Command{Use: "kubeconfig", Short: "Make kubeconfigs"}
	command.AddCommand(kubeconfigAdmin())
	return command
}

func kubeconfigAdmin() *cobra.Command {
	var dataDir, config string
	command := &cobra.Command{
		Use: "admin", Short: "Print the administrator's kubeconfig", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			cluster, err := runningCluster(command.Context(), config)
			if err != nil {
				return err
			}
			text, err := pki.AdminKubeconfig(layout.Layout{Data: dataDir}, cluster)
			if err != nil {
				return err
			}
			_, err = command.OutOrStdout().Write(text)
			return err
		},
	}
	dataDirFlag(command, &dataDir)
	configFlag(command, &config)
	return command
}
