#!/bin/bash
# Makes a node's operating system from Debian packages: vmlinuz, initrd, root.squashfs, packages.txt and build.log in the folder OUT.
#
#   build-apt.sh OUT           build, told everything by the environment:
#     LAB_SUITE                trixie
#     LAB_PACKAGES             names, with spaces between them
#     LAB_KERNEL               the kernel's package
#     LAB_OVERLAYS             folders laid over the root in this order, one a line
#     LAB_SYSINIT, LAB_BOOT, LAB_DEFAULT, LAB_NONETWORK, LAB_SHUTDOWN   services of OpenRC's runlevels; may be empty
#     LAB_DRACUT_MODULES, LAB_DRACUT_DRIVERS
#     LAB_HOSTNAME
#     LAB_PASSWORD             root's: none, or a crypt(3) hash
#     LAB_K0S                  the k0s executable
#     LAB_K0S_IMAGES           its image archives, one a line; may be empty
#     LAB_IMAGE_ID             what the image is called by its state disks: any word that changes with the content
#     LAB_BASE                 optional: a file that keeps the root as it is after the packages. Used when it exists, else made
#     LAB_PARENT=stdin         optional: the build ends when its stdin does, and so with the process that started it
#     SOURCE_DATE_EPOCH        optional
#   build-apt.sh --remove DIR  removes what a build left, with its owners
#
# Needs mmdebstrap, squashfs-tools, zstd, tar and util-linux; root, or an account with subordinate ids (uidmap). Says "step: …" on
# stdout as it goes. Works in namespaces of its own: when it is killed, its processes and mounts go with it.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C.UTF-8
umask 022

main() {
    [[ ${1-} && $# -le 2 ]] || fail "usage: build-apt.sh OUT"
    if [[ ${LAB_INSIDE-} != yes ]]; then
        enter "$@"
    fi
    if [[ $1 == --remove ]]; then
        rm -rf --one-file-system -- "$2"
        return
    fi
    check_input
    [[ ${LAB_PARENT-} != stdin ]] || end_with_parent
    mkdir -p "$1"
    OUT=$(realpath "$1")
    WORK=$OUT/work
    ROOT=$WORK/root
    LOG=$OUT/build.log
    mkdir -p "$WORK"
    : >"$LOG"
    export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1735689600}

    step "packages"
    install_packages
    step "hostname, password and users"
    lay_overlays
    name_and_password
    step "services"
    install_services
    step "k0s"
    install_k0s
    step "kernel and modules"
    take_kernel
    step "initrd"
    make_initrd
    step "squashfs"
    seal
    make_squashfs
    rm -rf --one-file-system -- "$WORK"
    step "done: $(sizes)"
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
    echo "build-apt.sh: $*" >&2
    exit 1
}

# Starts this script again as root of its own namespaces. Whatever kills the outer process ends all that is inside.
enter() {
    local map=()
    if [[ $EUID -ne 0 ]]; then
        command -v newuidmap >/dev/null || fail "building without root needs newuidmap (package uidmap)"
        grep -q "^$(id -un):" /etc/subuid || fail "building without root needs a range of ids for $(id -un) in /etc/subuid and /etc/subgid"
        map=(--map-root-user --map-auto)
    fi
    LAB_INSIDE=yes exec unshare "${map[@]}" --mount --pid --fork --kill-child --mount-proc --propagation private "$BASH" "$0" "$@"
}

# Whoever started this holds the other end of stdin. Nothing in these namespaces outlives it by much: the next command fails.
end_with_parent() {
    { cat >/dev/null; kill -KILL -1; } <&0 >/dev/null 2>&1 &
    exec </dev/null
}

check_input() {
    local name file
    for name in LAB_SUITE LAB_PACKAGES LAB_KERNEL LAB_OVERLAYS LAB_DRACUT_MODULES LAB_HOSTNAME \
        LAB_PASSWORD LAB_K0S LAB_IMAGE_ID; do
        [[ ${!name-} ]] || fail "$name is not set"
    done
    for name in mmdebstrap mksquashfs zstd tar; do
        command -v $name >/dev/null || fail "$name is missing on this machine"
    done
    [[ -x $LAB_K0S ]] || fail "$LAB_K0S is no executable file"
    while read -r file; do
        [[ -z $file || -r $file ]] || fail "$file can't be read"
    done <<<"$LAB_OVERLAYS"$'\n'"${LAB_K0S_IMAGES-}"
}

# Step 1: packages into another root. Documentation, translations and their like never get there, and neither does the
# initrd that the kernel's package would make.
install_packages() {
    local exclude=() path mirror=()
    if [[ ${LAB_BASE-} && -e $LAB_BASE ]]; then
        mkdir "$ROOT"
        zstd -dcq -- "$LAB_BASE" | tar -x -C "$ROOT" --numeric-owner --xattrs --xattrs-include='*'
        return
    fi
    for path in '/usr/share/'{doc,man,info,locale,lintian,bug,bash-completion,zsh,fish,gitweb}'/*' \
        '/usr/lib/udev/hwdb.d/*' '/usr/lib/x86_64-linux-gnu/gconv/*'; do
        exclude+=("--dpkgopt=path-exclude=$path")
    done
    mirrors >"$WORK/sources.list"
    if [[ -s $WORK/sources.list ]]; then
        mirror=("$WORK/sources.list")
    fi
    INITRD=No TMPDIR=$WORK logged mmdebstrap --mode=root --variant=essential --format=directory \
        --include="${LAB_PACKAGES// /,},$LAB_KERNEL" --aptopt='Apt::Install-Recommends "false"' "${exclude[@]}" \
        "$LAB_SUITE" "$ROOT" "${mirror[@]}"
    rm -rf "$ROOT"/var/lib/apt "$ROOT"/var/cache/* "$ROOT"/etc/apt "$ROOT"/var/log/*
    if [[ ${LAB_BASE-} ]]; then
        tar -c -C "$ROOT" --numeric-owner --xattrs --xattrs-include='*' . | zstd -q -1 -T0 -o "$LAB_BASE.new.$$" -f
        mv "$LAB_BASE.new.$$" "$LAB_BASE"
    fi
}

# Debian's archive as this machine's own apt knows it; nothing, and so mmdebstrap's own choice, where apt knows none.
# shellcheck disable=SC2016  # $(…) is for apt
mirrors() {
    local site origin keys=/usr/share/keyrings/debian-archive-keyring.gpg archive='' security=''
    while IFS='|' read -r site origin; do
        case $origin:$site in
            Debian:*-security*) security=${security:-$site} ;;
            Debian:*) archive=${archive:-$site} ;;
        esac
    done < <(apt-get indextargets --format '$(REPO_URI)|$(ORIGIN)' 'Created-By: Packages' 2>/dev/null | sort -u)
    [[ $archive ]] || return 0
    [[ -e $keys ]] || fail "$keys is missing on this machine (package debian-archive-keyring)"
    echo "deb [signed-by=$keys] $archive $LAB_SUITE main"
    echo "deb [signed-by=$keys] $archive $LAB_SUITE-updates main"
    [[ ! $security ]] || echo "deb [signed-by=$keys] $security $LAB_SUITE-security main"
}

# What makes a Debian system into a node: files, in the order of the recipe, all of them root's.
lay_overlays() {
    local folder
    while read -r folder; do
        [[ ! $folder ]] || tar -c -C "$folder" --owner=0 --group=0 --numeric-owner . |
            tar -x -C "$ROOT" --no-overwrite-dir -p
    done <<<"$LAB_OVERLAYS"
    mkdir -p "$ROOT"/{config,state,usr/libexec/k0s,usr/share/k0s/images,usr/lib/lab}
    echo "$LAB_IMAGE_ID" >"$ROOT/usr/lib/lab/image-id"
}

# Step 2: hostname and password. Without a password the account is not locked, or sshd would refuse its key too.
name_and_password() {
    local hash='*'
    [[ $LAB_PASSWORD == none ]] || hash=$LAB_PASSWORD
    echo "$LAB_HOSTNAME" >"$ROOT/etc/hostname"
    printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s\n::1\tlocalhost ip6-localhost ip6-loopback\n' "$LAB_HOSTNAME" >"$ROOT/etc/hosts"
    : >"$ROOT/etc/machine-id"
    rm -f "$ROOT"/etc/resolv.conf "$ROOT"/etc/ssh/ssh_host_*
    logged chroot "$ROOT" systemd-sysusers
    logged chroot "$ROOT" usermod --password "$hash" root
    rm -f "$ROOT"/etc/*- "$ROOT"/etc/.pwd.lock
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

# Step 4: the kernel and those of its modules that a virtual node can use, unpacked: the squashfs packs better, and a guest
# that needs one need not unpack it.
take_kernel() {
    local modules drop
    modules=$(echo "$ROOT"/usr/lib/modules/*)
    [[ -d $modules/kernel ]] || fail "$LAB_KERNEL brought no modules"
    cp "$ROOT"/boot/vmlinuz-* "$OUT/vmlinuz"
    rm -f "$ROOT"/{vmlinuz,initrd.img}*
    for drop in drivers/{infiniband,hid,comedi,target,nvme,ata,nvdimm,thermal,xen,vfio,hv,cpufreq,watchdog,leds,media,soundwire,mmc,usb} \
        drivers/{gpu,video,tty,iio,staging,mfd,platform,pcmcia,scsi,md,cxl,firmware,hwtracing,iommu,powercap} \
        drivers/net/{ethernet,wwan,hyperv,vmxnet3,xen-netback,wireless,can} \
        fs/{bcachefs,btrfs,xfs,smb,nfsd,ocfs2,gfs2,f2fs,jfs,ntfs3,orangefs,udf,hfs,hfsplus,ufs,exfat,dlm,ceph,nilfs2,coda,afs,erofs} \
        net/{ceph,tipc,rds,dccp,smc,bluetooth,wireless,mac80211,can,batman-adv,openvswitch} sound; do
        rm -rf "$modules/kernel/$drop"
    done
    find "$modules" -name '*.ko.xz' -exec xz -d {} +
    logged chroot "$ROOT" depmod "${modules##*/}"
}

# Step 5: the initrd, by dracut.
make_initrd() {
    local version
    version=$(basename "$ROOT"/usr/lib/modules/*)
    mount --rbind /dev "$ROOT/dev"
    mount -t proc proc "$ROOT/proc"
    logged chroot "$ROOT" dracut --force --no-hostonly --no-hostonly-cmdline --reproducible --nofscks --no-early-microcode \
        --compress 'zstd -15' --modules "$LAB_DRACUT_MODULES" --add-drivers "${LAB_DRACUT_DRIVERS-}" \
        /boot/initrd.lab "$version"
    umount "$ROOT/proc"
    umount --lazy "$ROOT/dev"
    cp "$ROOT/boot/initrd.lab" "$OUT/initrd"
    chmod 644 "$OUT/initrd" "$OUT/vmlinuz"
}

# The list of packages is part of /usr: it changes with the image, not with the node. git brings all of Perl for commands
# that no node uses; a recipe that wants Perl names it.
seal() {
    # shellcheck disable=SC2016  # dpkg's variables
    chroot "$ROOT" dpkg-query -W -f '${Package} ${Version}\n' >"$OUT/packages.txt"
    mkdir -p "$ROOT/usr/lib/sysimage"
    mv "$ROOT/var/lib/dpkg" "$ROOT/usr/lib/sysimage/dpkg"
    ln -s ../../usr/lib/sysimage/dpkg "$ROOT/var/lib/dpkg"
    [[ " $LAB_PACKAGES " == *" perl "* ]] || rm -rf "$ROOT"/usr/share/perl "$ROOT"/usr/lib/*/perl "$ROOT"/usr/lib/*/libperl.so.*
    rm -rf "$ROOT"/var/{cache,log,tmp}/* "$ROOT"/tmp/* "$ROOT"/run/*
}

make_squashfs() {
    logged mksquashfs "$ROOT" "$OUT/root.squashfs" -comp zstd -Xcompression-level "${LAB_ZSTD_LEVEL:-6}" -xattrs -noappend -no-progress -quiet \
        -no-exports -wildcards -e 'boot/*' 'dev/*' 'proc/*' 'sys/*'
}

sizes() {
    (cd "$OUT" && du -h --apparent-size vmlinuz initrd root.squashfs | tr '\t\n' '  ')
}

main "$@"
