#!/usr/bin/env bash
# Builds Kubernetes' own end-to-end tests from their module:
#   build.sh OUTDIR
# leaves in OUTDIR e2e.test, kubectl, the version, the list of conformance specs
# and quick.txt, all new or, after a failure, as they were. It needs Go (1.26, or any that may fetch it) alone.
set -euo pipefail

# shellcheck source=SCRIPTDIR/go.bash
source "$(dirname "$0")/go.bash"
trap 'rm -rf "$work"' EXIT

echo "steps: 2"
version=$(go list -m -f '{{.Version}}' k8s.io/kubernetes)
IFS=. read -r major minor _ <<<"${version#v}"
stamp="-s -w -X k8s.io/component-base/version.gitVersion=$version
  -X k8s.io/component-base/version.gitMajor=$major -X k8s.io/component-base/version.gitMinor=$minor
  -X k8s.io/component-base/version.gitTreeState=clean"

step "build e2e.test"
go test -c -vet=off -ldflags "$stamp" -o "$work/result/e2e.test" k8s.io/kubernetes/test/e2e
step "build kubectl"
go build -ldflags "$stamp" -o "$work/result/kubectl" k8s.io/kubernetes/cmd/kubectl
echo "$version" >"$work/result/version"
"$work/result/e2e.test" --list-conformance-tests >"$work/result/conformance.yaml"
cp quick.txt "$work/result/quick.txt"

finish
