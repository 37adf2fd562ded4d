package cli

import (
	"github.com/spf13/cobra"
	"sigs.k8s.io/yaml"

	"vmlab.test/k0s-standin/internal/clusterconfig"
)

func configCommand() *cobra.Command {
	command := &cobra.Command{Use: "config", Short: "Make configurations"}
	command.AddCommand(&cobra.Command{
		Use: "create", Short: "Print the default configuration", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			cluster, err := clusterconfig.Parse(nil)
			if err != nil {
				return err
			}
			text, err := yaml.Marshal(cluster)
			if err != nil {
				return err
			}
			_, err = command.OutOrStdout().Write(text)
			return err
		},
	})
	return command
}
