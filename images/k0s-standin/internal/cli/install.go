package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vmlab.test/k0s-standin/internal/controller"
	"vmlab.test/k0s-standin/internal/openrc"
	"vmlab.test/k0s-standin/internal/worker"
)

func installCommand() *cobra.Command {
	command := &cobra.Command{Use: "install", Short: "Make k0s a service of OpenRC"}
	command.AddCommand(installController(), installWorker())
	return command
}

func installController() *cobra.Command {
	var options controller.Options
	var folder string
	var force bool
	command := &cobra.Command{
		Use: "controller", Short: "Install a controller", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			return install("controller", folder, force, command.Flags())
		},
	}
	controllerFlags(command, &options)
	installFlags(command, &folder, &force)
	return command
}

func installWorker() *cobra.Command {
	var options worker.Options
	var folder string
	var force bool
	command := &cobra.Command{
		Use: "worker", Short: "Install a worker", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			return install("worker", folder, force, command.Flags())
		},
	}
	workerFlags(command, &options)
	installFlags(command, &folder, &force)
	return command
}

// installFlags adds the flags of installing itself, which the service does
// not get.
func installFlags(command *cobra.Command, folder *string, force *bool) {
	command.Flags().BoolVar(force, "force", false, "replace an init script that exists")
	command.Flags().StringVar(folder, "init-folder", openrc.Folder, "where the init script goes")
	_ = command.Flags().MarkHidden("init-folder")
}

func install(role, folder string, force bool, flags *pflag.FlagSet) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	args, err := serviceArgs(role, flags)
	if err != nil {
		return err
	}
	return openrc.Service{Name: "k0s" + role, Command: self, Args: args}.Install(folder, force)
}

// serviceArgs repeats the flags that were given. Files are named in full: the
// service starts in another folder.
func serviceArgs(role string, flags *pflag.FlagSet) ([]string, error) {
	args := []string{role}
	var problem error
	flags.Visit(func(flag *pflag.Flag) {
		var values []string
		switch flag.Name {
		case "force", "init-folder":
			return
		case "config", "token-file", "data-dir":
			path, err := filepath.Abs(flag.Value.String())
			if err != nil {
				problem = err
			}
			values = []string{path}
		default:
			values = []string{flag.Value.String()}
			if list, ok := flag.Value.(pflag.SliceValue); ok {
				values = list.GetSlice()
			}
		}
		for _, value := range values {
			args = append(args, fmt.Sprintf("--%s=%s", flag.Name, value))
		}
	})
	return args, problem
}
