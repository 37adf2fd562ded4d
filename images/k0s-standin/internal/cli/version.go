package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"vmlab.test/k0s-standin/internal/release"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(command.OutOrStdout(), release.Version)
			return err
		},
	}
}
