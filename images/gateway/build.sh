#!/usr/bin/env bash
# Makes what the gateway of a lab on KubeVirt runs on, from Debian's packages: a root with dnsmasq, a shell and tools for networks.
#   build.sh OUTDIR
# leaves OUTDIR/system.tar. What lab adds to it (a Java runtime, itself, the images that nodes boot): vmlab.gateway.GatewayImage.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: ${0##*/} OUTDIR" >&2; exit 2; }

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$(dirname "$1")"
out=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d "$out.new.XXXXXX")
debian() { "$here/../build-apt.sh" "$@"; }
trap 'debian --remove "$work"' EXIT

echo "steps: 2"
echo "step: Debian's packages"
packages="ca-certificates dnsmasq-base iproute2 ipxe nftables pxelinux syslinux-common"
kept=${out%/*}/kept
root=$(sha256sum <<<"$packages")
root=gateway-${root:0:16}
LAB_SUITE=trixie LAB_KERNEL=busybox-static LAB_PACKAGES=$packages LAB_OVERLAYS=$here LAB_DRACUT_MODULES=none LAB_HOSTNAME=none \
    LAB_PASSWORD=none LAB_K0S=/bin/true LAB_IMAGE_ID=none LAB_KEPT=$kept LAB_ROOT=$root debian "$work/debian" --packages >/dev/null

echo "step: archive"
mkdir "$work/result"
zstd -dcq "$kept/$root.tar.zst" >"$work/result/system.tar"
if [ -e "$out" ]; then mv "$out" "$work/old"; fi
mv "$work/result" "$out"
echo "done: $out"
