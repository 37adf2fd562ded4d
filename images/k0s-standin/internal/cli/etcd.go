package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"time"

	"github.com/spf13/cobra"

	"vmlab.test/k0s-standin/internal/clusterconfig"
	"vmlab.test/k0s-standin/internal/etcd"
	"vmlab.test/k0s-standin/internal/layout"
)

// etcdPatience is how long etcd may take to answer; it may have no leader.
const etcdPatience = 20 * time.Second

func etcdCommand() *cobra.Command {
	command := &cobra.Command{Use: "etcd", Short: "See and change the members of etcd"}
	command.AddCommand(etcdMemberList(), etcdLeave())
	return command
}

func etcdMemberList() *cobra.Command {
	var dataDir string
	command := &cobra.Command{
		Use: "member-list", Short: "Print the members as JSON", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			client, err := etcd.Dial(layout.EtcdSocket)
			if err != nil {
				return err
			}
			defer client.Close()
			ctx, cancel := context.WithTimeout(command.Context(), etcdPatience)
			defer cancel()
			members, err := client.Members(ctx)
			if err != nil {
				return err
			}
			return json.NewEncoder(command.OutOrStdout()).Encode(map[string]any{"members": members})
		},
	}
	dataDirFlag(command, &dataDir)
	return command
}

func etcdLeave() *cobra.Command {
	var dataDir, config, address string
	command := &cobra.Command{
		Use: "leave", Short: "Remove a member: this controller's, or the one with the given address", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			peer := clusterconfig.Etcd{PeerAddress: address}
			if address == "" {
				cluster, err := runningCluster(command.Context(), config)
				if err != nil {
					return err
				}
				peer = cluster.Spec.Storage.Etcd
			} else if _, err := netip.ParseAddr(address); err != nil {
				return fmt.Errorf("--peer-address: %w", err)
			}
			client, err := etcd.Dial(layout.EtcdSocket)
			if err != nil {
				return err
			}
			defer client.Close()
			ctx, cancel := context.WithTimeout(command.Context(), etcdPatience)
			defer cancel()
			return client.Leave(ctx, peer.PeerURL())
		},
	}
	command.Flags().StringVar(&address, "peer-address", "", "the peer address of the member to remove")
	dataDirFlag(command, &dataDir)
	configFlag(command, &config)
	return command
}
