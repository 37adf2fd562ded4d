// Package controller runs a controller, with or without a worker on it.
package controller

import (
	"errors"
	"io/fs"
	"os"
)

// Options is what the command line says about a controller.
type Options struct {
	ConfigFile        string
	DataDir           string
	Single            bool
	EnableWorker      bool
	NoTaints          bool
	Labels            []string
	Taints            []string
	KubeletExtraArgs  string
	DisableComponents []string
	JoinToken         string
	TokenFile         string
	// Components are the names under which the executable is each component.
	Components []string
	// Payload holds the executables that it carries besides.
	Payload fs.FS
}

// controlPlane is both the label and the taint of nodes that are controllers.
const controlPlane = "node-role.kubernetes.io/control-plane"

// check refuses what the stand-in cannot do.
func (o Options) check() error {
	if o.Single && (o.JoinToken != "" || o.TokenFile != "") {
		return errors.New("--single and a join token contradict each other: a single node joins nothing")
	}
	return nil
}

// token is the join token that was given, if any.
func (o Options) token() (string, error) {
	if o.JoinToken != "" || o.TokenFile == "" {
		return o.JoinToken, nil
	}
	text, err := os.ReadFile(o.TokenFile)
	return string(text), err
}

// workloads says whether pods run on this controller.
func (o Options) workloads() bool { return o.Single || o.EnableWorker }

// taints are those the node registers with.
func (o Options) taints() []string {
	if o.Single || o.NoTaints {
		return o.Taints
	}
	return append([]string{controlPlane + ":NoSchedule"}, o.Taints...)
}

// labels are the node's, besides its role.
func (o Options) labels() []string {
	return append([]string{"node.k0sproject.io/role=control-plane"}, o.Labels...)
}
