#!/usr/bin/env bash
# Builds the stand-in for k0s and the images it runs, from modules alone:
#   build.sh OUTDIR
# leaves OUTDIR/k0s and OUTDIR/images/*.tar, all new or, after a failure, as
# they were. It needs Go (1.26, or any that may fetch it), and neither root,
# nor a C compiler, nor a container runtime.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: ${0##*/} OUTDIR" >&2; exit 2; }
PATH=$PATH:/usr/local/go/bin # where Go's own packages put it
command -v go >/dev/null || { echo "${0##*/}: Go is missing: install Go 1.26 or later" >&2; exit 3; }

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$(dirname "$1")"
out=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d "$out.new.XXXXXX")
trap 'rm -rf "$work"' EXIT

# The build's own settings, whatever the caller's are: the same sources make
# the same bytes.
export CGO_ENABLED=0 GOOS=linux GOARCH=amd64 GOAMD64=v1 GOWORK=off
export GOFLAGS="-trimpath -buildvcs=false -mod=readonly"

kubernetes=1.36.3
stamp="-s -w -X k8s.io/component-base/version.gitVersion=v$kubernetes+standin
  -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36
  -X k8s.io/component-base/version.gitTreeState=clean"

step() { echo "step: $*"; }

# build MODULE TARGET [PACKAGE [FLAGS...]]: one executable of a module.
build() {
  local module=$1 target=$2 package=${3:-.}
  shift 3 || shift $#
  step "build ${target##*/}"
  (cd "$here/$module" && go build -ldflags "$stamp" "$@" -o "$work/$target" "$package")
}

# image NAME REFERENCE OPTION-OR-ENTRY...: one archive.
image() {
  local name=$1 reference=$2
  shift 2
  step "pack ${reference##*/}"
  "$work/ociarchive" -ref "$reference" -out "$work/result/images/$name.tar" "$@"
}

# overlay: JSON that shows the compiler the payload where k0s embeds it.
overlay() {
  local file separator=''
  printf '{"Replace":{'
  for file in "$work"/payload/*; do
    printf '%s"%s":"%s"' "$separator" "$here/cmd/k0s/payload/bin/${file##*/}" "$file"
    separator=,
  done
  printf '}}'
}

mkdir -p "$work/payload" "$work/result/images"

echo "steps: 14" # ten programs, four images

build containerd payload/containerd . -tags no_btrfs,no_devmapper,no_zfs
build containerd payload/containerd-shim-runc-v2 github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2
for plugin in main/bridge ipam/host-local meta/portmap; do
  build cni "payload/${plugin##*/}" "github.com/containernetworking/plugins/plugins/$plugin"
done

overlay >"$work/overlay.json"
build . result/k0s ./cmd/k0s -overlay "$work/overlay.json"

build . ociarchive ./cmd/ociarchive
build . pause ./cmd/pause
build coredns coredns
build . agnhost k8s.io/kubernetes/test/images/agnhost

image pause quay.io/k0sproject/pause:3.10.2-0 -user 65535:65535 -entrypoint /pause "/pause=$work/pause"
image coredns quay.io/k0sproject/coredns:1.14.6-k0s.0 -user 65532:65532 -entrypoint /coredns "/coredns=$work/coredns"
image kube-proxy quay.io/k0sproject/kube-proxy:v1.36.3-1 -entrypoint /kube-proxy \
  /bin@usr/bin /sbin@usr/sbin /lib@usr/lib /lib64@usr/lib64
image agnhost registry.k8s.io/e2e-test-images/agnhost:2.63.0 -entrypoint "/agnhost" "/agnhost=$work/agnhost"

if [ -e "$out" ]; then mv "$out" "$work/old"; fi
mv "$work/result" "$out"
echo "done: $out"
