#!/usr/bin/env bash
# Rebuilds the container images of Kubernetes' end-to-end tests, from its module and Debian's packages:
#   images.sh OUTDIR
# leaves OUTDIR/images.tar, as docker save writes it, and OUTDIR/repos.yaml, by which e2e.test finds them. They are
# called registry.lab.test/…, so that nobody takes them for upstream's. It needs Go and what build-apt.sh needs.
set -euo pipefail

# shellcheck source=SCRIPTDIR/go.bash
source "$(dirname "$0")/go.bash"
debian() { "$here/../build-apt.sh" "$@"; }
trap 'debian --remove "$work"' EXIT
export SOURCE_DATE_EPOCH=1735689600
registry=registry.lab.test

build() { # module, target, package
    step "build ${2##*/}"
    (cd "$here/$1" && go build -ldflags "-s -w" -o "$work/$2" "$3")
}

# layer NAME FOLDER: FOLDER as a layer that other images can have too.
layer() { tar -c -C "$2" --sort=name --owner=0 --group=0 --mtime="@$SOURCE_DATE_EPOCH" --format=posix \
    --pax-option=delete=atime,delete=ctime -f "$work/$1.layer" .; }

# image REPOSITORY:TAG ENTRYPOINT COMMAND LAYER...: one more of the archive; ENTRYPOINT and COMMAND in JSON.
image() {
    local name=$1 entrypoint=$2 command=$3 digests='' layers='' each sum config
    shift 3
    for each; do
        sum=$(sha256sum <"$work/$each.layer")
        [ -e "$work/archive/${sum%% *}.tar" ] || ln "$work/$each.layer" "$work/archive/${sum%% *}.tar"
        digests+=",\"sha256:${sum%% *}\"" layers+=",\"${sum%% *}.tar\""
    done
    config="{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Env\":[\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"],\
\"Entrypoint\":$entrypoint,\"Cmd\":$command},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[${digests#,}]},\"history\":[]}"
    sum=$(sha256sum <<<"$config")
    echo "$config" >"$work/archive/${sum%% *}.json"
    manifest+=",{\"Config\":\"${sum%% *}.json\",\"RepoTags\":[\"$registry/$name\"],\"Layers\":[${layers#,}]}"
}

echo "steps: 6"
mkdir "$work/archive"
module=$(go list -m -f '{{.Dir}}' k8s.io/kubernetes)
images=$module/test/images

build . bin/agnhost k8s.io/kubernetes/test/images/agnhost
build . bin/nnp k8s.io/kubernetes/test/images/nonewprivs
build ../k0s-standin bin/pause ./cmd/pause

step "Debian's packages"
packages="bash bash-static bind9-dnsutils ca-certificates curl iperf iproute2 netcat-openbsd nginx-light util-linux"
sum=$(sha256sum <<<"$packages")
LAB_SUITE=trixie LAB_KERNEL=busybox-static LAB_PACKAGES=$packages LAB_OVERLAYS=$here LAB_DRACUT_MODULES=none LAB_HOSTNAME=none \
    LAB_PASSWORD=none LAB_K0S=/bin/true LAB_IMAGE_ID=none LAB_KEPT=${out%/*}/kept LAB_ROOT=${sum%% *} debian "$work/debian" --packages >/dev/null
root=$work/debian/work/root

step "layers"
mkdir -p "$work"/{agnhost/uploads,pause,busybox/{bin,etc,tmp,root,var,home},nnp/usr/local/bin,nginx/var/log/nginx,nautilus,kitten}
cp "$work/bin/agnhost" "$images"/agnhost/porter/localhost.{crt,key} "$work/agnhost/"
ln -s agnhost "$work/agnhost/agnhost-2"
mkdir "$work/agnhost/etc"
{ cat "$root/etc/passwd"; echo 'user-defined-in-image:x:1000:1000::/home/user-defined-in-image:/bin/sh'; } >"$work/agnhost/etc/passwd"
{ cat "$root/etc/group"; echo 'user-defined-in-image:x:1000:'; echo 'group-defined-in-image:x:50000:user-defined-in-image'; } >"$work/agnhost/etc/group"
cp "$work/bin/pause" "$work/pause/pause"
cp "$root/usr/bin/busybox" "$work/busybox/bin/busybox"
for applet in $("$root/usr/bin/busybox" --list); do
    [ "$applet" = busybox ] || ln -s busybox "$work/busybox/bin/$applet"
done
# Debian's busybox forgets variables whose names no shell would give, which a spec looks for: bash keeps them.
ln -f "$root/usr/bin/bash-static" "$work/busybox/bin/sh"
echo 'root:x:0:0:root:/root:/bin/sh' >"$work/busybox/etc/passwd"
echo 'root:x:0:' >"$work/busybox/etc/group"
chmod 1777 "$work/busybox/tmp"
install -m 4755 "$work/bin/nnp" "$work/nnp/usr/local/bin/nnp"
for picture in nautilus kitten; do
    cp "$images/$picture/html/"* "$work/$picture/"
done
# The root has no logs, nor folders for them.
ln -s /dev/stdout "$work/nginx/var/log/nginx/access.log"
ln -s /dev/stderr "$work/nginx/var/log/nginx/error.log"
for each in agnhost pause busybox nnp nginx nautilus kitten; do
    layer "$each" "$work/$each"
done
layer debian "$root"

step "archive"
e2e='e2e-test-images' manifest=''
image $e2e/agnhost:2.63.0 '["/agnhost"]' '["pause"]' debian agnhost
image $e2e/agnhost:2.55 '["/agnhost"]' '["pause"]' debian agnhost
image $e2e/busybox:1.37.0-1 null '["sh"]' busybox
image pause:3.10.2 '["/pause"]' null pause
image $e2e/nonewprivs:1.4 null '["nnp"]' debian nnp
image $e2e/nginx:1.15-4 null '["nginx","-g","daemon off;"]' debian nginx
image $e2e/glibc-dns-testing:2.0.0 null '["bash"]' debian
image $e2e/nautilus:1.8 '["/agnhost"]' '["test-webserver"]' debian agnhost nautilus
image $e2e/kitten:1.8 '["/agnhost"]' '["test-webserver"]' debian agnhost kitten
echo "[${manifest#,}]" >"$work/archive/manifest.json"
(cd "$work/archive" && tar -c -f "$work/result/images.tar" -- *)

cat >"$work/result/repos.yaml" <<YAML
promoterE2eRegistry: $registry/$e2e
gcRegistry: $registry
YAML
finish
