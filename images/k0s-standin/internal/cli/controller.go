package cli

import (
	"github.com/spf13/cobra"

	"vmlab.test/k0s-standin/internal/controller"
)

func controllerCommand(program Program) *cobra.Command {
	options := controller.Options{Components: program.Components, Payload: program.Payload}
	command := &cobra.Command{
		Use: "controller [JOIN-TOKEN]", Short: "Run a controller", Args: cobra.MaximumNArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) > 0 {
				options.JoinToken = args[0]
			}
			return controller.Run(command.Context(), options)
		},
	}
	controllerFlags(command, &options)
	return command
}

// controllerFlags adds the flags that `controller` and `install controller`
// have in common.
func controllerFlags(command *cobra.Command, options *controller.Options) {
	flags := command.Flags()
	flags.BoolVar(&options.Single, "single", false, "run the only node there will be")
	flags.BoolVar(&options.EnableWorker, "enable-worker", false, "run pods on the controller too")
	flags.BoolVar(&options.NoTaints, "no-taints", false, "let any pod run on the controller")
	flags.StringSliceVar(&options.Labels, "labels", nil, "labels of the node")
	flags.StringSliceVar(&options.Taints, "taints", nil, "taints of the node")
	flags.StringVar(&options.KubeletExtraArgs, "kubelet-extra-args", "", "further flags of the kubelet")
	flags.StringSliceVar(&options.DisableComponents, "disable-components", nil, "components not to run")
	flags.StringVar(&options.TokenFile, "token-file", "", "a file with the token to join with")
	dataDirFlag(command, &options.DataDir)
	configFlag(command, &options.ConfigFile)
}
