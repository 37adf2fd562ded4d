package main

import (
	"embed"
	"io/fs"
)

// embedded holds the executables that are programs of their own: containerd,
// its shim and the CNI plugins. build.sh puts them in; a plain `go build`
// makes a k0s without them.
//
//go:embed payload
var embedded embed.FS

// payload is the embedded executables by name.
func payload() fs.FS {
	files, err := fs.Sub(embedded, "payload/bin")
	if err != nil {
		panic(err)
	}
	return files
}
