// Package controlapi is how a further controller joins those that there are:
// it shows a token, and gets the cluster's keys and a place in the store. The
// requests and answers are those of k0s's own control API.
package controlapi

// CA is an authority; the cluster's own comes with the service-account keys.
type CA struct {
	Key   []byte `json:"key"`
	Cert  []byte `json:"cert"`
	SAKey []byte `json:"saKey"`
	SAPub []byte `json:"saPub"`
}

// EtcdRequest asks for a place in the store.
type EtcdRequest struct {
	Node        string `json:"node"`
	PeerAddress string `json:"peerAddress"`
}

// EtcdResponse grants it: the store's authority, and all members as name=URL.
type EtcdResponse struct {
	CA             CA       `json:"ca"`
	InitialCluster []string `json:"initialCluster"`
}

const (
	caPath   = "/v1beta1/ca"
	etcdPath = "/v1beta1/etcd/members"
)
