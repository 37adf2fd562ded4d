// Package cli is k0s's command line, as far as it is answered here.
package cli

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"vmlab.test/k0s-standin/internal/layout"
)

// Program is what the executable brings besides its command line.
type Program struct {
	// Components are the names under which the executable is a component.
	Components []string
	// Payload holds the executables embedded in it.
	Payload fs.FS
	// Kubectl makes the kubectl command.
	Kubectl func() *cobra.Command
}

// Run runs one command and returns the exit status. SIGTERM and SIGINT end
// what runs.
func Run(program Program, args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	root := rootCommand(program)
	root.SetArgs(args)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		return 1
	}
	return 0
}

func rootCommand(program Program) *cobra.Command {
	root := &cobra.Command{
		Use:           "k0s",
		Short:         "A stand-in for k0s, made of upstream Kubernetes",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("this stand-in for k0s has no command %q: see k0s --help", args[0])
			}
			return command.Help()
		},
	}
	root.AddCommand(versionCommand(), controllerCommand(program), workerCommand(program), installCommand(), statusCommand(),
		kubeconfigCommand(), tokenCommand(), configCommand(), airgapCommand(), etcdCommand(), kubectlCommand(program),
		serviceCommand("start", "Start the installed k0s"), serviceCommand("stop", "Stop the installed k0s"))
	return root
}

// dataDirFlag adds --data-dir.
func dataDirFlag(command *cobra.Command, dataDir *string) {
	command.Flags().StringVar(dataDir, "data-dir", layout.DefaultDataDir, "where k0s keeps its state")
}

// configFlag adds -c, --config.
func configFlag(command *cobra.Command, config *string) {
	command.Flags().StringVarP(config, "config", "c", "", "the ClusterConfig file")
}
