// Package etcd asks and changes the cluster's store.
package etcd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"go.etcd.io/etcd/api/v3/etcdserverpb"
	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/grpclog"
)

// Client asks the member that runs here.
type Client struct {
	*clientv3.Client
	endpoint string
}

// Dial makes a client of the member whose clients come by the socket. It need
// not run yet.
func Dial(socket string) (*Client, error) {
	endpoint := "unix://" + socket
	// What gRPC has to say of connections is said by the errors of requests.
	grpclog.SetLoggerV2(grpclog.NewLoggerV2(io.Discard, io.Discard, io.Discard))
	client, err := clientv3.New(clientv3.Config{Endpoints: []string{endpoint}, Logger: zap.NewNop(),
		DialOptions: []grpc.DialOption{grpc.WithConnectParams(grpc.ConnectParams{
			Backoff: backoff.Config{BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, MaxDelay: time.Second},
		})},
	})
	if err != nil {
		return nil, fmt.Errorf("etcd: %w", err)
	}
	return &Client{client, endpoint}, nil
}

// Votes is nil once this member takes part in decisions, and the store makes
// some. A member that learns does not serve the API.
func (c *Client) Votes(ctx context.Context) error {
	_, err := c.Get(ctx, "health")
	return err
}

// Members are all members by name; one that has never started has none.
func (c *Client) Members(ctx context.Context) (map[string]string, error) {
	listed, err := c.MemberList(ctx)
	if err != nil {
		return nil, fmt.Errorf("members of etcd: %w", err)
	}
	members := map[string]string{}
	for _, member := range listed.Members {
		members[member.Name] = slices.Concat(member.PeerURLs, []string{""})[0]
	}
	return members, nil
}

// AddLearner makes room for a member, and returns all members as name=URL. A
// member that was added before but never started is not added again: it asks
// twice when the first answer got lost.
func (c *Client) AddLearner(ctx context.Context, name, url string) ([]string, error) {
	var members []*etcdserverpb.Member
	added, err := c.MemberAddAsLearner(ctx, []string{url})
	switch {
	case err == nil:
		members = added.Members
	case errors.Is(err, rpctypes.ErrPeerURLExist), errors.Is(err, rpctypes.ErrMemberExist):
		listed, listErr := c.MemberList(ctx)
		if listErr != nil {
			return nil, listErr
		}
		members = listed.Members
		if !slices.ContainsFunc(members, func(m *etcdserverpb.Member) bool { return isNew(m, url) }) {
			return nil, fmt.Errorf("a member of etcd at %s runs or ran already: %w", url, err)
		}
	default:
		return nil, fmt.Errorf("a member of etcd at %s: %w", url, err)
	}
	var all []string
	for _, member := range members {
		if isNew(member, url) {
			member.Name = name
		}
		all = append(all, member.Name+"="+member.PeerURLs[0])
	}
	return all, nil
}

func isNew(member *etcdserverpb.Member, url string) bool {
	return member.Name == "" && slices.Contains(member.PeerURLs, url)
}

// Promote lets members vote that have learned all there is, if it is this
// member's turn: the leader's. It returns their names.
func (c *Client) Promote(ctx context.Context) ([]string, error) {
	status, err := c.Status(ctx, c.endpoint)
	if err != nil || status.Leader != status.Header.MemberId {
		return nil, err
	}
	listed, err := c.MemberList(ctx)
	if err != nil {
		return nil, err
	}
	var promoted []string
	for _, member := range listed.Members {
		if !member.IsLearner || member.Name == "" {
			continue
		}
		if _, err := c.MemberPromote(ctx, member.ID); err == nil {
			promoted = append(promoted, member.Name)
		} else if !errors.Is(err, rpctypes.ErrMemberLearnerNotReady) {
			return promoted, fmt.Errorf("member %s of etcd: %w", member.Name, err)
		}
	}
	return promoted, nil
}

// Leave removes the member at a peer URL from the cluster.
func (c *Client) Leave(ctx context.Context, url string) error {
	listed, err := c.MemberList(ctx)
	if err != nil {
		return err
	}
	for _, member := range listed.Members {
		if slices.Contains(member.PeerURLs, url) {
			_, err := c.MemberRemove(ctx, member.ID)
			return err
		}
	}
	return fmt.Errorf("etcd has no member at %s", url)
}
