package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"

	"vmlab.test/k0s-standin/internal/openrc"
)

// serviceCommand hands an action to OpenRC.
func serviceCommand(action, short string) *cobra.Command {
	return &cobra.Command{
		Use: action, Short: short, Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			for _, name := range []string{"k0scontroller", "k0sworker"} {
				if _, err := os.Stat(filepath.Join(openrc.Folder, name)); err != nil {
					continue
				}
				service := exec.CommandContext(command.Context(), "rc-service", name, action)
				service.Stdout, service.Stderr = os.Stdout, os.Stderr
				return service.Run()
			}
			return errors.New("k0s is not installed as a service: there is neither k0scontroller nor k0sworker in " + openrc.Folder)
		},
	}
}
