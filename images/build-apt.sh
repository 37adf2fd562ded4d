#!/bin/bash -p
# Makes a node's operating system from Debian packages. How it is called and what it leaves: build.bash.
#
# apt, in a folder of its own, finds out which packages it takes: OUT/lock.txt has a line NAME VERSION ARCH SHA256 SITE PATH for each.
# They are fetched by their sums and kept, and mmdebstrap installs from a repository of just these. With LAB_LOCK that list is given.
# SITE is debian, security, or N for the Nth of LAB_SOURCES' lines: URL|SUITE|COMPONENTS|KEY, where an empty URL is Debian's archive.
# When a package is unknown, all names that there are lie in OUT/names.
# shellcheck source=SCRIPTDIR/build.bash
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/build.bash"

KEYS=/usr/share/keyrings/debian-archive-keyring.gpg

base_needs() {
    local name
    for name in mmdebstrap apt-get dpkg-deb xz; do
        command -v $name >/dev/null || fail "$name is missing on this machine"
    done
    [[ -e $KEYS ]] || fail "$KEYS is missing on this machine (package debian-archive-keyring)"
    DEBS=$LAB_KEPT/debs
    sites >"$WORK/sites"
    APT=$LAB_KEPT/apt/$(digest <"$WORK/sites")
    mkdir -p "$DEBS" "$APT"/{lists/partial,archives/partial,preferences.d,trusted.gpg.d}
    write_apt_conf
}

# ---- Where packages come from --------------------------------------------------------------------------------------

# Lines "SITE URL SUITE COMPONENTS KEY": Debian's archive as this machine's own apt knows it, or LAB_MIRROR, then the recipe's.
# shellcheck disable=SC2016  # $(…) is for apt
sites() {
    local site origin archive=${LAB_MIRROR-} security='' number=0 url suite components key
    if [[ ! $archive ]]; then
        while IFS='|' read -r site origin; do
            case $origin:$site in
                Debian:*-security*) security=${security:-$site} ;;
                Debian:*) archive=${archive:-$site} ;;
            esac
        done < <(apt-get indextargets --format '$(REPO_URI)|$(ORIGIN)' 'Created-By: Packages' 2>/dev/null | sort -u)
    fi
    [[ $archive ]] || fail "this machine's apt knows no Debian archive: LAB_MIRROR=http://… names one"
    echo "debian ${archive%/}/ $LAB_SUITE main $KEYS"
    if [[ ! ${LAB_MIRROR-} && $LAB_SUITE != sid && $LAB_SUITE != unstable ]]; then
        echo "debian ${archive%/}/ $LAB_SUITE-updates main $KEYS"
        [[ ! $security ]] || echo "security ${security%/}/ $LAB_SUITE-security main $KEYS"
    fi
    while IFS='|' read -r url suite components key; do
        [[ $suite ]] || continue
        number=$((number + 1))
        url=${url:-$archive}
        echo "$number ${url%/}/ $suite ${components:-main} ${key:-$KEYS}"
    done <<<"${LAB_SOURCES-}"
}

# An apt that knows the recipe's sites and nothing of this machine's packages.
write_apt_conf() {
    local site url suite components key
    while read -r site url suite components key; do
        case $key in
            trusted) echo "deb [trusted=yes] $url $suite ${components//,/ }" ;;
            *[!A-Za-z0-9/._+~-]*)
                cp "$key" "$WORK/${site}.${key##*.}"
                echo "deb [signed-by=$WORK/${site}.${key##*.}] $url $suite ${components//,/ }"
                ;;
            *) echo "deb [signed-by=$key] $url $suite ${components//,/ }" ;;
        esac
    done <"$WORK/sites" >"$APT/sources.list.$$"
    mv "$APT/sources.list.$$" "$APT/sources.list"
    machine_ways >"$WORK/apt.conf"
    cat >>"$WORK/apt.conf" <<-CONF
		Dir::Etc "$APT";
		Dir::Etc::SourceList "$APT/sources.list";
		Dir::Etc::SourceParts "/dev/null";
		Dir::Etc::Main "/dev/null";
		Dir::Etc::Parts "/dev/null";
		Dir::State "$APT";
		Dir::State::Lists "$APT/lists";
		Dir::State::Status "$WORK/status";
		Dir::Cache "$APT";
		APT::Architecture "amd64";
		APT::Architectures {"amd64";};
		APT::Install-Recommends "false";
		APT::Sandbox::User "root";
		APT::Update::Error-Mode "any";
		Acquire::Languages "none";
		Acquire::ForceHash "SHA256";
		Acquire::Retries "2";
		Acquire::http::Timeout "20";
		pkgCacheGen::ForceEssential ",";
	CONF
}

# What this machine's own apt knows of the way to archives: proxies, authorities, the file of passwords.
machine_ways() {
    local netrc netrcparts
    apt-config dump | grep -iE '^Acquire::[a-z]+::(Proxy|Proxy-?Auto-?Detect|Ca(Info|Path)|CrlFile|IssuerCert|Verify-(Peer|Host)|Ssl[A-Za-z]*|User-Agent)(::[^ ]*)? ' || true
    eval "$(apt-config shell netrc Dir::Etc::netrc/f netrcparts Dir::Etc::netrcparts/d)"
    printf 'Dir::Etc::netrc "%s";\nDir::Etc::netrcparts "%s";\n' "${netrc:-/etc/apt/auth.conf}" "${netrcparts:-/etc/apt/auth.conf.d}"
}

apt() { # command...
    APT_CONFIG=$WORK/apt.conf "$@"
}

# ---- Which packages ------------------------------------------------------------------------------------------------

# Leaves the packages to install, given those that $1, a dpkg status file, has: those of the lock, or the newest.
resolve() {
    cat "$1" >"$WORK/status"
    if [[ ${LAB_LOCK-} ]]; then
        cp "$LAB_LOCK" "$OUT/lock.txt"
        return
    fi
    exec 7>"$APT/lock"
    flock 7
    logged apt apt-get -q update
    # shellcheck disable=SC2086  # names
    if ! apt apt-get -qq -y install --print-uris "${@:2}" $LAB_PACKAGES "$LAB_KERNEL" >"$WORK/uris" 2>"$WORK/said"; then
        apt apt-cache pkgnames >"$OUT/names"
        cat "$WORK/said" >>"$LOG"
        grep '^E:' "$WORK/said" >&2 || cat "$WORK/said" >&2
        fail "apt can't install the recipe's packages"
    fi
    exec 7>&-
    lock_lines <"$WORK/uris" >"$OUT/lock.txt"
}

# apt's 'URI' FILE SIZE SHA256:SUM as a lock has it. An epoch's colon is %3a in a file's name.
lock_lines() {
    local uri file _ sum name version arch site url rest
    while read -r uri file _ sum; do
        uri=${uri//\'/}
        IFS=_ read -r name version arch <<<"${file%.deb}"
        while read -r site url rest; do
            [[ $uri == "$url"* ]] && break
        done <"$WORK/sites"
        echo "$name ${version//%3a/:} $arch ${sum#SHA256:} $site ${uri#"$url"}"
    done
}

# Fetches what of OUT/lock.txt is not kept yet, and leaves a repository of exactly these packages in WORK/repo.
fetch() {
    local name version arch sum site path file wanted=() line
    declare -A urls=()
    while read -r site path _; do
        urls[$site]=${urls[$site]:-$path}
    done <"$WORK/sites"
    while read -r name version arch sum site path; do
        file=$DEBS/$sum.deb
        [[ -e $file ]] || wanted+=("${urls[$site]:?}$path" "$WORK/fetched/$sum.deb" "SHA256:$sum")
    done <"$OUT/lock.txt"
    mkdir -p "$WORK/repo" "$WORK/fetched"
    [[ ! ${wanted[*]} ]] || logged apt /usr/lib/apt/apt-helper download-file "${wanted[@]}"
    for file in "$WORK"/fetched/*.deb; do
        mv "$file" "$DEBS/"
    done
    while read -r name version arch sum site path; do
        file=${name}_${version//:/%3a}_$arch.deb
        [[ $(sha256sum <"$DEBS/$sum.deb") == "$sum "* ]] || { rm -f "$DEBS/$sum.deb" && fail "$DEBS/$sum.deb was altered; try again"; }
        ln "$DEBS/$sum.deb" "$WORK/repo/$file" 2>/dev/null || cp "$DEBS/$sum.deb" "$WORK/repo/$file"
        dpkg-deb -f "$WORK/repo/$file" >"$WORK/stanza" || fail "$file can't be read"
        line=$(stat -c 'Size: %s' "$WORK/repo/$file")
        printf '%s\nFilename: ./%s\n%s\nSHA256: %s\n\n' "$(<"$WORK/stanza")" "$file" "$line" "$sum"
    done <"$OUT/lock.txt" >"$WORK/repo/Packages"
    sum=$(sha256sum <"$WORK/repo/Packages")
    line=$(stat -c %s "$WORK/repo/Packages")
    printf 'Suite: %s\nCodename: %s\nSHA256:\n %s %s Packages\n' "$LAB_SUITE" "$LAB_SUITE" "${sum%% *}" "$line" >"$WORK/repo/Release"
    # Packages that a build took within two months may be taken again.
    find "$DEBS" -name '*.deb' -mtime +60 -delete
}

# ---- Into the root -------------------------------------------------------------------------------------------------

# Documentation, translations and their like never get there, and neither does the initrd that the kernel's package would make.
base_packages() {
    local exclude=() path
    resolve /dev/null '?essential'
    fetch
    for path in '/usr/share/'{doc,man,info,locale,lintian,bug,bash-completion,zsh,fish,gitweb}'/*' \
        '/usr/lib/udev/hwdb.d/*' '/usr/lib/x86_64-linux-gnu/gconv/*'; do
        exclude+=("--dpkgopt=path-exclude=$path")
    done
    INITRD=No TMPDIR=$WORK logged mmdebstrap --mode=root --variant=essential --format=directory \
        --include="${LAB_PACKAGES// /,},$LAB_KERNEL" --aptopt='Apt::Install-Recommends "false"' "${exclude[@]}" \
        "$LAB_SUITE" "$ROOT" "deb [trusted=yes] copy://$WORK/repo ./"
    tidy
}

# In a subshell: what fails here fails only this way of doing it.
base_add() {
    resolve "$ROOT/var/lib/dpkg/status"
    fetch
    printf '#!/bin/sh\nexit 101\n' >"$ROOT/usr/sbin/policy-rc.d"
    chmod 755 "$ROOT/usr/sbin/policy-rc.d"
    mv "$WORK/repo" "$ROOT/tmp/repo"
    INITRD=No DEBIAN_FRONTEND=noninteractive inside sh -c 'find /tmp/repo -name "*.deb" -exec dpkg -i {} +'
    rm -rf "$ROOT/tmp/repo" "$ROOT/usr/sbin/policy-rc.d"
    rm -f "$OUT/lock.txt"
    tidy
}

tidy() {
    rm -rf "$ROOT"/var/lib/apt "$ROOT"/var/cache/* "$ROOT"/etc/apt "$ROOT"/var/log/* "$WORK"/{repo,fetched}
}

base_list() {
    # shellcheck disable=SC2016  # dpkg's variables
    chroot "$ROOT" dpkg-query -W -f '${Package} ${Version} ${Architecture} ${Installed-Size}\n' | sort
}

base_password() { logged chroot "$ROOT" usermod --password "$1" root; }

base_users() { logged chroot "$ROOT" systemd-sysusers; }

# The list of packages is part of /usr: it changes with the image, not with the node. git brings all of Perl for commands
# that no node uses; a recipe that wants Perl names it.
base_seal() {
    mkdir -p "$ROOT/usr/lib/sysimage"
    mv "$ROOT/var/lib/dpkg" "$ROOT/usr/lib/sysimage/dpkg"
    ln -s ../../usr/lib/sysimage/dpkg "$ROOT/var/lib/dpkg"
    [[ " $LAB_PACKAGES " == *" perl "* ]] || rm -rf "$ROOT"/usr/share/perl "$ROOT"/usr/lib/*/perl "$ROOT"/usr/lib/*/libperl.so.*
}

# build-apt.sh OUT --resolve: only OUT/lock.txt, which packages a build would take now.
if [[ ${2-} == --resolve ]]; then
    [[ ${LAB_INSIDE-} == yes ]] || enter "$@"
    [[ ${LAB_PARENT-} != stdin ]] || end_with_parent
    prepare "$1"
    step "packages"
    resolve /dev/null '?essential'
else
    build "$@"
fi
