#!/usr/bin/env bash
# Builds Kubernetes' own end-to-end tests from their module:
#   build.sh OUTDIR
# leaves in OUTDIR e2e.test, kubectl, the version, the list of conformance specs
# and quick.txt, all new or, after a failure, as they were. It needs Go (1.26, or any that may fetch it) alone.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: ${0##*/} OUTDIR" >&2; exit 2; }
PATH=$PATH:/usr/local/go/bin # where Go's own packages put it
command -v go >/dev/null || { echo "${0##*/}: Go is missing: install Go 1.26 or later" >&2; exit 3; }

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$(dirname "$1")"
out=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d "$out.new.XXXXXX")
trap 'rm -rf "$work"' EXIT

# The build's own settings, whatever the caller's are; those of the stand-in,
# so that what it compiled is not compiled again.
export CGO_ENABLED=0 GOOS=linux GOARCH=amd64 GOAMD64=v1 GOWORK=off
export GOFLAGS="-trimpath -buildvcs=false -mod=readonly"

step() { echo "step: $*"; }

echo "steps: 2"
cd "$here"
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

if [ -e "$out" ]; then mv "$out" "$work/old"; fi
mv "$work/result" "$out"
echo "done: $out"
