#!/bin/sh
# What a node does to itself on each boot, and on `lab pull`. Run twice it changes nothing: each step looks first. /usr is read-only and
# /etc starts anew at each boot, so users and settings are made again; /home, /usr/local and /var/lib/k0s are kept.
set -eu
export LC_ALL=C

changed() { echo "changed: $*"; }

# Users, one a line: NAME UID SHELL. Their homes are kept, so their numbers must be.
while read -r name uid shell; do
	case $name in '' | '#'*) continue ;; esac
	id "$name" >/dev/null 2>&1 && continue
	if [ -d "/home/$name" ]; then home=--no-create-home; else home=--create-home; fi
	useradd --uid "$uid" --user-group "$home" --home-dir "/home/$name" --shell "$shell" "$name"
	changed "user $name"
done <users

# Tools, one a line: SHA256 FILE. No package can be installed under a read-only /usr; a file that runs by itself can, below /usr/local.
while read -r sum file; do
	case $sum in '' | '#'*) continue ;; esac
	echo "$sum  $file" | sha256sum --check --quiet -
	target=/usr/local/bin/${file##*/}
	cmp -s "$file" "$target" && continue
	install -D -m 755 "$file" "$target"
	changed "$target"
done <packages

# Kernel settings.
while read -r key _ value; do
	case $key in '' | '#'*) continue ;; esac
	path=/proc/sys/$(echo "$key" | tr . /)
	now=$(cat "$path") # read would ask for it byte by byte, and /proc answers that once
	[ "$now" != "$value" ] || continue
	echo "$value" >"$path"
	changed "$key = $value"
done <sysctl.conf

# k0s applies whatever lies below this folder, and keeps it applied. Only controllers have it.
if grep -q controller /etc/conf.d/k0s; then
	for manifest in manifests/*.yaml; do
		target=/var/lib/k0s/manifests/post-boot/${manifest##*/}
		cmp -s "$manifest" "$target" && continue
		install -D -m 644 "$manifest" "$target"
		changed "$target"
	done
fi
echo "post-boot: done"
