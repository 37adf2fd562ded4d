#!/bin/bash -p
# Makes a node's operating system from Alpine's packages: Podman or Docker builds images/alpine/Containerfile, and what comes out is
# the root. How it is called and what it leaves: build.bash.
#
# LAB_SUITE v3.22 means docker.io/library/alpine:3.22; LAB_ALPINE names another image, one that lies here already or can be pulled.
# CONTAINER_TOOL is podman, docker, or a command line that begins with one of them.
# shellcheck source=SCRIPTDIR/build.bash
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/build.bash"

# Containers need their own namespaces, so this comes before ours.
base_outside() {
    local tool=() more=() name here id container packages
    here=$(dirname "$(readlink -f "$0")")
    [[ ! -e $LAB_KEPT/$LAB_ROOT.tar.zst ]] || return 0
    [[ ! ${LAB_LOCK-} ]] || fail "locks are for base: apt"
    [[ ! ${LAB_SOURCES-} ]] || fail "the recipe's packages or sources: base apk takes its sources from the image LAB_ALPINE"
    read -ra tool <<<"${CONTAINER_TOOL-}"
    for name in podman docker; do
        [[ ${tool[*]} ]] || ! command -v $name >/dev/null || tool=("$name")
    done
    [[ ${tool[*]} ]] || fail "podman is missing on this machine, and so is docker"
    [[ ${tool[0]} == docker ]] || more=(--isolation=chroot) # needs no namespace that a container would not have itself
    mkdir -p "$1/work"
    echo "step: packages"
    packages="$LAB_PACKAGES $LAB_KERNEL"
    if ! "${tool[@]}" build "${more[@]}" --network=host --build-arg "BASE=${LAB_ALPINE:-docker.io/library/alpine:${LAB_SUITE#v}}" \
        --build-arg "PACKAGES=$packages" --iidfile "$1/work/iid" --file "$here/alpine/Containerfile" "$here/alpine" </dev/null >"$1/build.log" 2>&1; then
        tail -n 8 "$1/build.log" >&2
        fail "${tool[0]} build failed"
    fi
    id=$(<"$1/work/iid")
    container=$("${tool[@]}" create "$id" /bin/sh)
    "${tool[@]}" export "$container" >"$1/work/root.tar"
    "${tool[@]}" rm "$container" >/dev/null
    "${tool[@]}" rmi "$id" >/dev/null 2>&1 || true # where only its name is new, another image shares it
}

base_needs() { :; }

base_packages() {
    mkdir -p "$ROOT"
    tar -x -C "$ROOT" --numeric-owner -f "$WORK/root.tar"
    rm -f "$WORK/root.tar" "$ROOT"/.dockerenv
    rm -rf "$ROOT"/var/cache/apk
    # Alpine's kernel brings its modules into /lib. Nodes have them in /usr, which is the squashfs itself.
    if [[ -d $ROOT/lib/modules && ! -L $ROOT/lib ]]; then
        mkdir -p "$ROOT/usr/lib"
        mv "$ROOT/lib/modules" "$ROOT/usr/lib/modules"
        ln -s ../usr/lib/modules "$ROOT/lib/modules"
    fi
}

# What Podman did is whole in itself: nothing is added to an earlier root.
base_add() { false; }

# apk's database has P:NAME, V:VERSION, A:ARCH, I:BYTES, a paragraph each.
base_list() {
    awk -F: '/^P:/ { p = $2 } /^V:/ { v = substr($0, 3) } /^A:/ { a = $2 } /^I:/ { i = int($2 / 1024) }
        /^$/ { if (p) print p, v, a, i; p = "" }' "$ROOT/lib/apk/db/installed" | sort
}

base_password() {
    local shadow=$ROOT/etc/shadow
    awk -F: -v OFS=: -v hash="$1" '$1 == "root" { $2 = hash } { print }' "$shadow" >"$WORK/shadow"
    cat "$WORK/shadow" >"$shadow"
}

# The overlay's users: u NAME ID "COMMENT" HOME.
base_users() {
    local kind name id rest file
    for file in "$ROOT"/usr/lib/sysusers.d/*.conf; do
        while read -r kind name id rest; do
            [[ $kind == u ]] || continue
            grep -q "^$name:" "$ROOT/etc/passwd" || chroot "$ROOT" adduser -S -D -H -u "$id" -h "${rest##* }" "$name"
        done <"$file"
    done
}

base_seal() {
    mkdir -p "$ROOT/usr/lib/sysimage"
    mv "$ROOT/lib/apk" "$ROOT/usr/lib/sysimage/apk"
    ln -sr "$ROOT/usr/lib/sysimage/apk" "$ROOT/lib/apk"
}

build "$@"
