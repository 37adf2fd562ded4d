package cli

import (
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"sigs.k8s.io/yaml"

	"vmlab.test/k0s-standin/internal/jointoken"
)

// preShared is what a token is made of when there is no cluster yet.
type preShared struct {
	role, certificate, url, folder string
	valid                          time.Duration
}

func tokenPreShared() *cobra.Command {
	var options preShared
	command := &cobra.Command{
		Use: "pre-shared", Short: "Make a token, and the Secret that will make it valid", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return options.write(time.Now()) },
	}
	flags := command.Flags()
	flags.StringVar(&options.role, "role", "worker", "the role of the node that joins")
	flags.StringVar(&options.certificate, "cert", "", "the certificate of the cluster's authority")
	flags.StringVar(&options.url, "url", "", "where the API will be")
	flags.StringVar(&options.folder, "out", ".", "the folder to write to")
	flags.DurationVar(&options.valid, "valid", 0, "how long the token is valid; 0: for ever")
	for _, name := range []string{"cert", "url"} {
		_ = command.MarkFlagRequired(name)
	}
	return command
}

// write leaves token_<id> and bootstrap-token-<id>.yaml in the folder.
func (p preShared) write(now time.Time) error {
	role, err := jointoken.RoleNamed(p.role)
	if err != nil {
		return err
	}
	ca, err := os.ReadFile(p.certificate)
	if err != nil {
		return err
	}
	token, err := jointoken.New()
	if err != nil {
		return err
	}
	text, err := token.Encode(role, p.url, ca)
	if err != nil {
		return err
	}
	secret, err := yaml.Marshal(token.SecretOf(role, now, p.valid))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(p.folder, "bootstrap-token-"+token.ID+".yaml"), secret, 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.folder, "token_"+token.ID), []byte(text), 0o600)
}
