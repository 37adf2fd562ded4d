# shellcheck shell=bash
# How every image is made, whatever its base; sourced by build-apt.sh, build-apk.sh and build-dnf.sh, which say how its packages
# come into another root. They leave vmlinuz, initrd, root.squashfs, packages.txt and build.log in the folder OUT.
#
#   build-BASE.sh OUT          build, told everything by the environment:
#     LAB_SUITE                the release: trixie
#     LAB_PACKAGES, LAB_KERNEL names of packages, with spaces between them; the kernel's
#     LAB_SOURCES              more places to get packages from, one a line, as the base reads it; may be empty
#     LAB_KERNEL_REMOVE        what goes of the kernel's modules: paths below its kernel/ folder, with spaces between them
#     LAB_OVERLAYS             folders laid over the root in this order, one a line
#     LAB_SYSINIT, LAB_BOOT, LAB_DEFAULT, LAB_NONETWORK, LAB_SHUTDOWN   services of OpenRC's runlevels; may be empty
#     LAB_STEPS                optional: a folder of scripts that /bin/sh runs in the new root, in the order of their names
#     LAB_DRACUT_MODULES, LAB_DRACUT_DRIVERS
#     LAB_HOSTNAME
#     LAB_PASSWORD             root's: none, or a crypt(3) hash
#     LAB_K0S, LAB_K0S_IMAGES  the k0s executable; its image archives, one a line, may be empty
#     LAB_IMAGE_ID             what the image is called by its state disks: any word that changes with the content
#     LAB_KEPT                 a folder that keeps what steps made, for builds to come
#     LAB_ROOT                 what the root after the packages is called in there: a word that changes with their inputs
#     LAB_ROOT_FROM            optional: an earlier LAB_ROOT to which only packages are to be added
#     LAB_LOCK                 optional: a lock's packages, one a line; these and no others are installed (base apt)
#     LAB_PARENT=stdin         optional: the build ends when its stdin does, and so with the process that started it
#     SOURCE_DATE_EPOCH        optional
#   build-BASE.sh OUT --packages  ends after the packages, with the root in OUT/work/root
#   build-BASE.sh --remove DIR removes what a build left, with its owners
#
# Needs squashfs-tools, zstd, tar and util-linux; root, or an account with subordinate ids (uidmap). Says on stdout how many steps it
# takes, "steps: 6", and "step: …" as it goes. Works in namespaces of its own: when it is killed, its processes and mounts go with it.
set -euo pipefail
shopt -s inherit_errexit nullglob
export LC_ALL=C.UTF-8
umask 022
unset CDPATH TAR_OPTIONS GREP_OPTIONS XZ_OPT ZSTD_CLEVEL POSIXLY_CORRECT # lab leaves them out; a shell may not

# The whole story. A base gives: base_needs, base_packages (step 1, leaves $ROOT), base_add (the same on top of a root that is
# there), base_list (packages.txt), base_password HASH, base_seal.
build() {
    [[ ${1-} && $# -le 2 ]] || fail "usage: ${0##*/} OUT"
    if [[ ${LAB_INSIDE-} != yes ]]; then
        [[ $1 == --remove ]] || base_outside "$1"
        enter "$@"
    fi
    if [[ $1 == --remove ]]; then
        rm -rf --one-file-system -- "$2"
        return
    fi
    [[ ${LAB_PARENT-} != stdin ]] || end_with_parent
    prepare "$1"

    [[ ${2-} ]] || steps
    step "packages"
    packages
    if [[ ${2-} == --packages ]]; then
        base_list >"$OUT/packages.txt"
        return
    fi
    step "hostname and password"
    name_and_password
    step "services"
    lay_overlays
    install_services
    install_k0s
    extra_steps
    step "kernel and modules"
    take_kernel
    step "initrd"
    make_initrd
    step "squashfs"
    seal
    make_squashfs
    rm -rf --one-file-system -- "$WORK"
    echo "done: $(sizes)"
}

# What must happen before the namespaces are entered: nothing, unless a base says so.
base_outside() { :; }

prepare() {
    local name file
    mkdir -p "$1"
    OUT=$(realpath "$1")
    WORK=$OUT/work
    ROOT=$WORK/root
    LOG=$OUT/build.log
    mkdir -p "$WORK"
    : >>"$LOG"
    export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1735689600}
    for name in LAB_SUITE LAB_PACKAGES LAB_KERNEL LAB_OVERLAYS LAB_DRACUT_MODULES LAB_HOSTNAME LAB_PASSWORD LAB_K0S LAB_IMAGE_ID \
        LAB_KEPT LAB_ROOT; do
        [[ ${!name-} ]] || fail "$name is not set"
    done
    for name in mksquashfs zstd tar; do
        command -v $name >/dev/null || fail "$name is missing on this machine"
    done
    mkdir -p "$LAB_KEPT"
    require_programs_run
    use_plain_names
    base_needs
    [[ -x $LAB_K0S ]] || fail "$LAB_K0S is no executable file"
    while read -r file; do
        [[ -z $file || -r $file ]] || fail "$file can't be read"
    done <<<"$LAB_OVERLAYS"$'\n'"${LAB_K0S_IMAGES-}"
}

# A home may be mounted noexec. Root may undo that in namespaces of its own.
require_programs_run() {
    printf '#!/bin/sh\n' >"$WORK/program"
    chmod 755 "$WORK/program"
    if ! "$WORK/program" 2>/dev/null; then
        { mount --bind "$OUT" "$OUT" && mount -o remount,bind,exec,suid,dev "$OUT" && cd "$OUT" && "$WORK/program"; } 2>/dev/null ||
            fail "$OUT is mounted noexec, and an image is built of programs that run there"
    fi
    rm -f "$WORK/program"
}

# apt parts the words of its lists at blanks, and has its own mind of quotes and percent signs: folders with such names get others in here.
use_plain_names() {
    [[ $OUT$LAB_KEPT == *[!A-Za-z0-9/._+~-]* ]] || return 0
    mount -t tmpfs lab-names /boot
    mkdir /boot/out /boot/kept
    mount --bind "$OUT" /boot/out
    mount --bind "$LAB_KEPT" /boot/kept
    OUT=/boot/out WORK=/boot/out/work ROOT=/boot/out/work/root LOG=/boot/out/build.log LAB_KEPT=/boot/kept
}

# ---- Words and processes -------------------------------------------------------------------------------------------

# Those of `build`, and the recipe's own.
steps() {
    local own=()
    [[ ! ${LAB_STEPS-} ]] || own=("$LAB_STEPS"/*)
    echo "steps: $((6 + ${#own[@]}))"
}

step() {
    echo "step: $*"
    echo "step: $*" >>"$LOG"
}

# Runs a command that talks; when it fails, only what matters of its talk is repeated. All of it is in OUT/build.log.
logged() {
    local talk=$WORK/talk
    if "$@" </dev/null >"$talk" 2>&1; then
        cat "$talk" >>"$LOG"
        return
    fi
    cat "$talk" >>"$LOG"
    grep -A 1 -E '^(E|W|Err|dpkg|tar|dracut|chroot|FATAL)[^:]*:|[Ee]rror: |ERROR: |No space left' "$talk" |
        grep -vE '^(--$|E: (setup failed|mmdebstrap failed|Sub-process|apt-get |env )|I:)' | cut -c 1-300 | tail -n 8 >&2 ||
        tail -n 8 "$talk" >&2
    fail "${1##*/} failed"
}

fail() {
    echo "${0##*/}: $*" >&2
    exit 1
}

# Starts this script again as root of its own namespaces. Whatever kills the outer process ends all that is inside.
enter() {
    local map=()
    if [[ $EUID -ne 0 ]]; then
        command -v newuidmap >/dev/null || fail "building without root needs newuidmap (package uidmap)"
        grep -qE "^($(id -un 2>/dev/null || echo "$EUID")|$EUID):" /etc/subuid || fail "building without root needs a range of ids for uid $EUID in /etc/subuid and /etc/subgid"
        map=(--map-root-user --map-auto)
    fi
    LAB_INSIDE=yes exec unshare "${map[@]}" --mount --pid --fork --kill-child --mount-proc --propagation private "$BASH" -p "$0" "$@"
}

# Whoever started this holds the other end of stdin. Nothing in these namespaces outlives it by much: the next command fails.
end_with_parent() {
    { cat >/dev/null; kill -KILL -1; } <&0 >/dev/null 2>&1 &
    exec </dev/null
}

# Runs a command in the new root, where some want /dev and /proc.
inside() {
    local status=0
    mount --rbind /dev "$ROOT/dev"
    mount -t proc proc "$ROOT/proc"
    logged chroot "$ROOT" "$@" || status=$?
    umount "$ROOT/proc"
    umount --lazy "$ROOT/dev"
    return "$status"
}

# ---- What is kept --------------------------------------------------------------------------------------------------

pack() { # folder, name, what of it...
    local new
    new=$(mktemp "$LAB_KEPT/$2.new.XXXXXX")
    # No devices: who may make none could not unpack it, and the kernel brings its own.
    tar -c -C "$1" --sort=name --numeric-owner --xattrs --xattrs-include='*' --exclude='./dev/*' "${@:3}" | zstd -q -1 -T0 -f -o "$new"
    chmod 644 "$new"
    mv "$new" "$LAB_KEPT/$2"
}

unpack() { # name, folder
    mkdir -p "$2"
    touch "$LAB_KEPT/$1"
    zstd -dcq -- "$LAB_KEPT/$1" | tar -x -C "$2" --numeric-owner --xattrs --xattrs-include='*'
}

digest() { sha256sum | cut -c 1-16; }

# ---- The steps -----------------------------------------------------------------------------------------------------

# Step 1: packages into another root. The kernel is kept beside the rest, for it is seldom wanted as it comes.
packages() {
    local from=${LAB_ROOT_FROM-}
    if [[ -e $LAB_KEPT/$LAB_ROOT.tar.zst && -e $LAB_KEPT/$LAB_ROOT.kernel.tar.zst ]]; then
        echo "the packages are as they were: $LAB_ROOT" >>"$LOG"
        unpack "$LAB_ROOT.tar.zst" "$ROOT"
        return
    fi
    if [[ $from && -e $LAB_KEPT/$from.tar.zst && -e $LAB_KEPT/$from.kernel.tar.zst ]]; then
        echo "packages are added to $from" >>"$LOG"
        unpack "$from.tar.zst" "$ROOT"
        unpack "$from.kernel.tar.zst" "$ROOT"
        if (base_add); then
            keep_packages
            return
        fi
        echo "that did not work, so all of them are installed" >>"$LOG"
        rm -rf --one-file-system -- "$ROOT"
    fi
    base_packages
    keep_packages
}

keep_packages() {
    mkdir -p "$ROOT"/boot "$ROOT"/usr/lib/modules
    pack "$ROOT" "$LAB_ROOT.kernel.tar.zst" ./boot ./usr/lib/modules
    rm -rf "${ROOT:?}"/boot/* "$ROOT"/usr/lib/modules/* "$ROOT"/{vmlinuz,initrd.img}*
    pack "$ROOT" "$LAB_ROOT.tar.zst" .
}

# Step 2: hostname and password. Without a password the account is not locked, or sshd would refuse its key too.
name_and_password() {
    local hash='*'
    [[ $LAB_PASSWORD == none ]] || hash=$LAB_PASSWORD
    echo "$LAB_HOSTNAME" >"$ROOT/etc/hostname"
    printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s\n::1\tlocalhost ip6-localhost ip6-loopback\n' "$LAB_HOSTNAME" >"$ROOT/etc/hosts"
    : >"$ROOT/etc/machine-id"
    rm -f "$ROOT"/etc/resolv.conf "$ROOT"/etc/ssh/ssh_host_*
    base_password "$hash"
}

# What makes a distribution into a node: files, in the order of the recipe, all of them root's.
lay_overlays() {
    local folder
    while IFS= read -r folder; do
        [[ ! $folder ]] || lay "$folder"
    done <<<"$LAB_OVERLAYS"
    mkdir -p "$ROOT"/{config,state,usr/libexec/k0s,usr/share/k0s/images,usr/lib/lab}
    echo "$LAB_IMAGE_ID" >"$ROOT/usr/lib/lab/image-id"
    base_users
    rm -f "$ROOT"/etc/*- "$ROOT"/etc/.pwd.lock
}

# File capabilities are kept. A checkout has the modes that its owner's umask left, and git knows none but "executable": what was made with
# another umask than 022, by all that is in the folder, is as with that one.
lay() { # folder
    local stage=$WORK/overlay copy=(--numeric-owner --xattrs --xattrs-include='security.capability' --xattrs-include='user.*') top
    rm -rf "$stage"
    mkdir "$stage"
    tar -c -C "$1" --owner=0 --group=0 "${copy[@]}" . | tar -x -p -C "$stage" "${copy[@]}"
    top=$((8#$(stat -c %a "$stage") & 8#777))
    if ((top != 8#755)) && [[ ! $(find "$stage" ! -type l -perm "/$(printf %o $((~top & 8#777)))" -print -quit) ]]; then
        find "$stage" ! -type l -perm "$(printf %o $((top & 8#666)))" -exec chmod 644 {} +
        find "$stage" ! -type l -perm "$(printf %o "$top")" -exec chmod 755 {} +
    fi
    tar -c -C "$stage" "${copy[@]}" . | tar -x -p -C "$ROOT" --no-overwrite-dir "${copy[@]}"
    rm -rf "$stage"
}

# Step 3: the services, among them the one that provisions. Only those of the recipe stay: OpenRC reads every script there is,
# on each boot, to find out their order.
install_services() {
    local wanted=" ${LAB_SYSINIT-} ${LAB_BOOT-} ${LAB_DEFAULT-} ${LAB_NONETWORK-} ${LAB_SHUTDOWN-} " script name
    rm -rf "$ROOT"/etc/runlevels "$ROOT"/etc/rc?.d
    mkdir -p "$ROOT"/etc/runlevels/{sysinit,boot,default,nonetwork,shutdown}
    for script in "$ROOT"/etc/init.d/*; do
        name=${script##*/}
        [[ $wanted == *" $name "* ]] || rm -rf "$script"
    done
    rm -f "$ROOT"/etc/init.d/.depend.*
    runlevel sysinit "${LAB_SYSINIT-}"
    runlevel boot "${LAB_BOOT-}"
    runlevel default "${LAB_DEFAULT-}"
    runlevel nonetwork "${LAB_NONETWORK-}"
    runlevel shutdown "${LAB_SHUTDOWN-}"
}

runlevel() {
    local service
    for service in $2; do
        [[ -x $ROOT/etc/init.d/$service ]] || fail "the recipe's service $service has no /etc/init.d/$service"
        ln -s "/etc/init.d/$service" "$ROOT/etc/runlevels/$1/$service"
    done
}

install_k0s() {
    local archive
    install -m 755 "$LAB_K0S" "$ROOT/usr/bin/k0s"
    while read -r archive; do
        [[ ! $archive ]] || install -m 644 "$archive" "$ROOT/usr/share/k0s/images/"
    done <<<"${LAB_K0S_IMAGES-}"
}

# The recipe's own steps, in the new root. They see what a node will see, and change what they like before kernel and initrd.
extra_steps() {
    local script name
    [[ ${LAB_STEPS-} ]] || return 0
    for script in "$LAB_STEPS"/*; do
        name=${script##*/}
        step "${name#*-}"
        install -m 755 "$script" "$ROOT/tmp/lab-step"
        inside /bin/sh -eu /tmp/lab-step
        rm -f "$ROOT/tmp/lab-step"
    done
}

# Step 4: the kernel and those of its modules that a virtual node can use, unpacked: the squashfs packs better, and a guest
# that needs one need not unpack it.
take_kernel() {
    local key modules drop
    key=kernel-$({ echo "$LAB_ROOT ${LAB_KERNEL_REMOVE-}"; cat "$0" "${BASH_SOURCE[0]}"; } | digest)
    rm -rf "${ROOT:?}"/usr/lib/modules "${ROOT:?}"/boot/*
    if [[ -e $LAB_KEPT/$key.tar.zst ]]; then
        unpack "$key.tar.zst" "$ROOT"
    else
        unpack "$LAB_ROOT.kernel.tar.zst" "$ROOT"
        modules=$(echo "$ROOT"/usr/lib/modules/*)
        [[ -d $modules/kernel ]] || fail "$LAB_KERNEL brought no modules"
        for drop in ${LAB_KERNEL_REMOVE-}; do
            rm -rf "$modules/kernel/$drop"
        done
        find "$modules" -name '*.ko.xz' -exec xz -d {} +
        find "$modules" -name '*.ko.gz' -exec gzip -d {} +
        find "$modules" -name '*.ko.zst' -exec zstd -qd --rm {} +
        logged chroot "$ROOT" depmod "${modules##*/}"
        cp "$(vmlinuz)" "$ROOT/boot/vmlinuz.lab"
        pack "$ROOT" "$key.tar.zst" ./boot/vmlinuz.lab ./usr/lib/modules
    fi
    KERNEL=$key
    cp "$ROOT/boot/vmlinuz.lab" "$OUT/vmlinuz"
    chmod 644 "$OUT/vmlinuz"
}

# Where a kernel's package put it.
vmlinuz() {
    local file
    for file in "$ROOT"/boot/vmlinuz-* "$ROOT"/usr/lib/modules/*/vmlinuz; do
        [[ ! -f $file ]] || { echo "$file" && return; }
    done
    fail "$LAB_KERNEL brought no vmlinuz"
}

# Step 5: the initrd, by dracut. One that was made before is taken when nothing that could have gone into it has changed: the
# packages, the kernel, dracut and what it is told, which files the overlays have, and the contents of those that it took.
make_initrd() {
    local version key
    base_list >"$OUT/packages.txt"
    version=$(basename "$ROOT"/usr/lib/modules/*)
    key=initrd-$(initrd_inputs | digest)
    if [[ -e $LAB_KEPT/$key.files ]] && (cd "$ROOT" && sha256sum --check --status "$LAB_KEPT/$key.files") &&
        cp "$LAB_KEPT/$key" "$OUT/initrd"; then
        touch "$LAB_KEPT/$key"
        echo "the initrd is as it was: $key" >>"$LOG"
        return
    fi
    inside dracut --force --no-hostonly --no-hostonly-cmdline --reproducible --nofscks --no-early-microcode \
        --compress 'zstd -15' --modules "$LAB_DRACUT_MODULES" --add-drivers "${LAB_DRACUT_DRIVERS-}" \
        /boot/initrd.lab "$version"
    cp "$ROOT/boot/initrd.lab" "$OUT/initrd"
    chmod 644 "$OUT/initrd"
    # Without its list it counts for nothing, and an old list must not vouch for half of a new one.
    rm -f "$LAB_KEPT/$key.files"
    cp "$OUT/initrd" "$LAB_KEPT/$key"
    zstd -dcq "$OUT/initrd" | chroot "$ROOT" cpio --quiet -t |
        (cd "$ROOT" && while read -r file; do [[ ! -f $file || -L $file ]] || sha256sum -- "$file"; done) >"$WORK/files"
    mv "$WORK/files" "$LAB_KEPT/$key.files"
}

initrd_inputs() {
    local folder
    cat "$OUT/packages.txt" "${BASH_SOURCE[0]}"
    echo "$KERNEL $LAB_DRACUT_MODULES $LAB_DRACUT_DRIVERS $SOURCE_DATE_EPOCH"
    while IFS= read -r folder; do
        [[ ! $folder ]] || (cd "$folder" && find . | sort)
    done <<<"$LAB_OVERLAYS"
    [[ ! ${LAB_STEPS-} ]] || cat "$LAB_STEPS"/* /dev/null
    (cd "$ROOT" && find usr/lib/dracut etc/dracut.conf etc/dracut.conf.d -type f -print0 2>/dev/null | sort -z | xargs -0 sha256sum)
}

# What a node never reads, or what differs from build to build.
seal() {
    base_seal
    rm -rf "$ROOT"/var/{cache,log,tmp}/* "$ROOT"/tmp/* "$ROOT"/run/*
}

make_squashfs() {
    logged mksquashfs "$ROOT" "$OUT/root.squashfs" -comp zstd -Xcompression-level "${LAB_ZSTD_LEVEL:-6}" -xattrs -noappend -no-progress -quiet \
        -no-exports -reproducible -wildcards -e 'boot/*' 'dev/*' 'proc/*' 'sys/*'
}

sizes() {
    (cd "$OUT" && du -h --apparent-size vmlinuz initrd root.squashfs | tr '\t\n' '  ')
}
