package oci

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
)

// Image is an image of one layer.
type Image struct {
	// Reference is the name it is imported under.
	Reference  string
	Entrypoint []string
	// User is numeric, uid:gid; empty is root.
	User    string
	Entries []Entry
}

// Media types of the OCI image specification.
const (
	mediaIndex    = "application/vnd.oci.image.index.v1+json"
	mediaManifest = "application/vnd.oci.image.manifest.v1+json"
	mediaConfig   = "application/vnd.oci.image.config.v1+json"
	mediaLayer    = "application/vnd.oci.image.layer.v1.tar"
)

// nameAnnotation is where containerd looks for an image's name.
const nameAnnotation = "io.containerd.image.name"

// object is JSON; its keys are written in order, so it always has one text.
type object map[string]any

// blob is content that is addressed by its digest.
type blob struct {
	mediaType string
	content   []byte
}

func (b blob) digest() string { return fmt.Sprintf("%x", sha256.Sum256(b.content)) }

func (b blob) descriptor() object {
	return object{"mediaType": b.mediaType, "digest": "sha256:" + b.digest(), "size": len(b.content)}
}

// Write writes the image as an OCI archive.
func (i Image) Write(to io.Writer) error {
	packed, err := layer(i.Entries)
	if err != nil {
		return err
	}
	content := blob{mediaLayer, packed}
	config := encoded(mediaConfig, object{
		"architecture": "amd64", "os": "linux",
		"config": object{"Entrypoint": i.Entrypoint, "User": i.User, "WorkingDir": "/",
			"Env": []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}},
		"rootfs": object{"type": "layers", "diff_ids": []string{"sha256:" + content.digest()}},
	})
	manifest := encoded(mediaManifest, object{
		"schemaVersion": 2, "mediaType": mediaManifest,
		"config": config.descriptor(), "layers": []object{content.descriptor()},
	})
	entry := manifest.descriptor()
	entry["platform"] = object{"architecture": "amd64", "os": "linux"}
	entry["annotations"] = object{nameAnnotation: i.Reference}
	index := encoded(mediaIndex, object{"schemaVersion": 2, "mediaType": mediaIndex, "manifests": []object{entry}})

	writer := tar.NewWriter(to)
	add := func(name string, content []byte) {
		if err == nil {
			err = writer.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(content)), Mode: 0o644})
		}
		if err == nil {
			_, err = writer.Write(content)
		}
	}
	add("oci-layout", []byte(`{"imageLayoutVersion":"1.0.0"}`))
	add("index.json", index.content)
	for _, b := range []blob{manifest, config, content} {
		add("blobs/sha256/"+b.digest(), b.content)
	}
	if err != nil {
		return err
	}
	return writer.Close()
}

func encoded(mediaType string, value object) blob {
	content, err := json.Marshal(value)
	if err != nil {
		panic(err) // Only maps, texts and numbers come here.
	}
	return blob{mediaType, content}
}
