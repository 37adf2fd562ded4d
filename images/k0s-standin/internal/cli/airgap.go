package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"vmlab.test/k0s-standin/internal/release"
)

func airgapCommand() *cobra.Command {
	command := &cobra.Command{Use: "airgap", Short: "Prepare for a machine without a registry"}
	list := &cobra.Command{
		Use: "list-images", Short: "List the images a cluster needs", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			for _, image := range release.Images() {
				if _, err := fmt.Fprintln(command.OutOrStdout(), image); err != nil {
					return err
				}
			}
			return nil
		},
	}
	list.Flags().Bool("all", false, "also images of components that are not used; here there are none")
	command.AddCommand(list)
	return command
}
