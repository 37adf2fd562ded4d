package cli

import (
	"github.com/spf13/cobra"

	"vmlab.test/k0s-standin/internal/worker"
)

func workerCommand(program Program) *cobra.Command {
	options := worker.Options{Components: program.Components, Payload: program.Payload}
	command := &cobra.Command{
		Use: "worker [JOIN-TOKEN]", Short: "Run a worker", Args: cobra.MaximumNArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) > 0 {
				options.JoinToken = args[0]
			}
			return worker.Run(command.Context(), options)
		},
	}
	workerFlags(command, &options)
	return command
}

// workerFlags adds the flags that `worker` and `install worker` have in common.
func workerFlags(command *cobra.Command, options *worker.Options) {
	flags := command.Flags()
	flags.StringVar(&options.TokenFile, "token-file", "", "a file with the token to join with")
	flags.StringSliceVar(&options.Labels, "labels", nil, "labels of the node")
	flags.StringSliceVar(&options.Taints, "taints", nil, "taints of the node")
	flags.StringVar(&options.KubeletExtraArgs, "kubelet-extra-args", "", "further flags of the kubelet")
	dataDirFlag(command, &options.DataDir)
}
