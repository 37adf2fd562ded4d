package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"vmlab.test/k0s-standin/internal/layout"
	"vmlab.test/k0s-standin/internal/status"
)

func statusCommand() *cobra.Command {
	var output, socket string
	command := &cobra.Command{
		Use: "status", Short: "Say how the running k0s is", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			found, err := status.Ask(command.Context(), socket)
			if err != nil {
				return err
			}
			switch output {
			case "":
				return found.Text(command.OutOrStdout())
			case "json":
				return found.JSON(command.OutOrStdout())
			default:
				return fmt.Errorf("output %q is not json", output)
			}
		},
	}
	command.Flags().StringVarP(&output, "out", "o", "", "json, or text when not given")
	command.Flags().StringVar(&socket, "status-socket", layout.StatusSocket, "the socket of the running k0s")
	return command
}
