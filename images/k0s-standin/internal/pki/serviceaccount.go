package pki

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"k8s.io/client-go/util/keyutil"
	"k8s.io/kubernetes/cmd/kubeadm/app/util/pkiutil"
)

// EnsureServiceAccountKeys makes <dir>/sa.{key,pub}, with which the API signs
// and checks the tokens of pods, or only sa.pub when sa.key exists.
func EnsureServiceAccountKeys(dir string) error {
	private, public := filepath.Join(dir, "sa.key"), filepath.Join(dir, "sa.pub")
	if exists(private) && exists(public) {
		return nil
	}
	key, err := pkiutil.TryLoadKeyFromDisk(dir, "sa")
	if errors.Is(err, fs.ErrNotExist) || !exists(private) {
		if key, err = pkiutil.GeneratePrivateKey(keyAlgorithm); err != nil {
			return err
		}
		encoded, err := keyutil.MarshalPrivateKeyToPEM(key)
		if err != nil {
			return err
		}
		if err := os.WriteFile(private, encoded, 0o600); err != nil {
			return err
		}
	} else if err != nil {
		return fmt.Errorf("%s: %w", private, err)
	}
	return pkiutil.WritePublicKey(dir, "sa", key.Public())
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
