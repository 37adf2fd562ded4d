package cli

import (
	"os"

	"github.com/spf13/cobra"

	"vmlab.test/k0s-standin/internal/layout"
)

// kubectlCommand hands its arguments to kubectl, as the administrator unless
// KUBECONFIG names someone else.
func kubectlCommand(program Program) *cobra.Command {
	return &cobra.Command{
		Use: "kubectl", Short: "Run kubectl", DisableFlagParsing: true,
		RunE: func(command *cobra.Command, args []string) error {
			if os.Getenv("KUBECONFIG") == "" {
				config := layout.Layout{Data: layout.DefaultDataDir}.AdminConf()
				if err := os.Setenv("KUBECONFIG", config); err != nil {
					return err
				}
			}
			os.Args = append([]string{"kubectl"}, args...)
			kubectl := program.Kubectl()
			kubectl.SetArgs(args)
			return kubectl.ExecuteContext(command.Context())
		},
	}
}
