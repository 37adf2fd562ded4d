#!/bin/bash -p
# Makes a node's operating system from RPM packages, by dnf. How it is called and what it leaves: build.bash.
#
# The repositories are the recipe's sources (LAB_SOURCES: URL|||KEY, KEY being a file or "trusted"); LAB_SUITE is dnf's releasever.
# They must have OpenRC and dracut: Fedora's own have no OpenRC.
# shellcheck source=SCRIPTDIR/build.bash
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/build.bash"

base_needs() {
    local name
    for name in dnf rpm; do
        command -v $name >/dev/null || fail "$name is missing on this machine"
    done
    [[ ${LAB_SOURCES-} == *://* ]] || fail "the recipe's packages or sources: base dnf needs sources with a url"
    [[ ! ${LAB_LOCK-} ]] || fail "locks are for base: apt"
}

repositories() {
    local url key number=0
    while IFS="|" read -r url _ _ key; do
        [[ $url ]] || continue
        number=$((number + 1))
        printf '[lab-%d]\nname=lab-%d\nbaseurl=%s\n' "$number" "$number" "$url"
        case $key in
            trusted) echo gpgcheck=0 ;;
            '') fail "the source $url has neither a key nor trusted: true" ;;
            *) printf 'gpgcheck=1\ngpgkey=file://%s\n' "$key" ;;
        esac
    done <<<"$LAB_SOURCES"
}

run_dnf() {
    dnf --installroot="$ROOT" --releasever="$LAB_SUITE" --forcearch=x86_64 --config="$WORK/dnf.conf" --setopt=reposdir="$WORK/repositories" \
        --setopt=cachedir="$LAB_KEPT/dnf" --setopt=keepcache=True --setopt=install_weak_deps=False --setopt=tsflags=nodocs \
        --setopt=logdir="$WORK" --noplugins --assumeyes "$@"
}

base_packages() {
    local names
    mkdir -p "$ROOT" "$WORK/repositories"
    echo '[main]' >"$WORK/dnf.conf"
    repositories >"$WORK/repositories/lab.repo"
    read -ra names <<<"$LAB_PACKAGES $LAB_KERNEL"
    run_dnf --quiet repoquery --queryformat '%{name}' >"$OUT/names" 2>/dev/null </dev/null || true
    logged run_dnf install "${names[@]}"
    rm -f "$OUT/names"
    rm -rf "$ROOT"/var/cache/* "$ROOT"/var/log/*
}

# More packages into a root that is there: the same command, for which those that are installed are done.
base_add() { base_packages; }

base_list() {
    rpm --root="$ROOT" --query --all --queryformat '%{NAME} %{EVR} %{ARCH} %{SIZE}\n' | awk '{ $4 = int($4 / 1024); print }' | sort
}

base_password() { logged chroot "$ROOT" usermod --password "$1" root; }

base_users() { [[ ! -x $ROOT/usr/bin/systemd-sysusers ]] || logged chroot "$ROOT" systemd-sysusers; }

# The list of packages is part of /usr: it changes with the image, not with the node.
base_seal() {
    [[ ! -d $ROOT/var/lib/rpm || -L $ROOT/var/lib/rpm ]] || {
        mkdir -p "$ROOT/usr/lib/sysimage"
        mv "$ROOT/var/lib/rpm" "$ROOT/usr/lib/sysimage/rpm"
        ln -s ../../usr/lib/sysimage/rpm "$ROOT/var/lib/rpm"
    }
    rm -rf "$ROOT/var/lib/dnf"
}

build "$@"
