# shellcheck shell=bash
# What build.sh and images.sh have in common; sourced by both with their own arguments. Leaves $here, this folder; $out, where the result
# is to be; and $work, where it is made: whole, or not at all.
[ $# -eq 1 ] || { echo "usage: ${0##*/} OUTDIR" >&2; exit 2; }
PATH=$PATH:/usr/local/go/bin # where Go's own packages put it
command -v go >/dev/null || { echo "${0##*/}: Go is missing: install Go 1.26 or later" >&2; exit 3; }

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$(dirname "$1")"
out=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d "$out.new.XXXXXX")
mkdir "$work/result"
cd "$here" || exit

# The build's own settings, whatever the caller's are; those of the stand-in, so that what it compiled is not compiled again.
export CGO_ENABLED=0 GOOS=linux GOARCH=amd64 GOAMD64=v1 GOWORK=off
export GOFLAGS="-trimpath -buildvcs=false -mod=readonly"

step() { echo "step: $*"; }

# Puts $work/result where it is to be.
finish() {
    if [ -e "$out" ]; then mv "$out" "$work/old"; fi
    mv "$work/result" "$out"
    echo "done: $out"
}
