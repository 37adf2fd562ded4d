#!/bin/busybox sh
# shellcheck shell=sh disable=SC1091
# The first process: brings up the network, pulls the root (root=live:http://…) into memory, sees that it is the one that was built
# (lab.root.sha256=), and hands over to it. With root=disk:SERIAL the root is on a disk of that serial number and stays there.
export PATH=/bin:/sbin:/usr/bin:/usr/sbin

busybox mount -t proc -o nosuid,noexec,nodev proc /proc
busybox mount -t sysfs -o nosuid,noexec,nodev sysfs /sys
busybox mount -t devtmpfs -o mode=0755,nosuid devtmpfs /dev
busybox mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs /run
busybox mkdir -p /run/lab /run/lab/image /dev/pts /dev/shm
. /usr/lib/lab/functions.sh
read -r began _ </proc/uptime
say "lab: initrd"

root='' ip=dhcp sha256='' disk=''
read -r line </proc/cmdline
for word in $line; do
	case $word in
	root=live:*) root=${word#root=live:} ;;
	root=disk:*) disk=${word#root=disk:} ;;
	lab.root.sha256=*) sha256=${word#lab.root.sha256=} ;;
	ip=*) ip=${word#ip=} ;;
	esac
done

# What stops a boot is said on the console, again and again: whoever starts to look there late sees it too.
fail() {
	say "lab: failed: $*"
	busybox sleep 5
}

# ip=dhcp, or the kernel's ip=ADDRESS:SERVER:GATEWAY:NETMASK:HOST:DEVICE:none
network() {
	busybox ip link set eth0 up || return 1
	case $ip in
	*:*:*:*)
		old=$IFS IFS=:
		# shellcheck disable=SC2086
		set -- $ip
		IFS=$old
		busybox ip addr add "$1/$4" dev eth0
		[ -z "$3" ] || busybox ip route add default via "$3"
		;;
	*) busybox udhcpc -n -q -f -S -i eth0 -t 8 -T 1 -A 2 -s /usr/lib/lab/lease >/dev/null 2>&1 ;;
	esac
}

busybox modprobe -a virtio_net virtio_blk loop squashfs overlay
[ -n "$root$disk" ] || while :; do fail "the kernel line has no root=live:http://… and no root=disk:…"; done
until [ -e /sys/class/net/eth0 ]; do fail "no network card that this initrd knows"; done
until network; do fail "no DHCP server answered"; done
milestone initrd-network "the initrd began ${began}s after the kernel"

# The machine's own clock tells whole seconds, and may be hours off. The boot server says when the next second begins: that wait goes
# on beside the pull of the root.
set_clock() {
	# shellcheck disable=SC2046
	set -- $(busybox wget -q -T 5 -O - "$LAB_URL/clock" 2>/dev/null)
	[ $# = 2 ] && busybox sleep "$2" && busybox date -u -s "@$1" >/dev/null
}
[ -z "$LAB_URL" ] || set_clock &
clock=$!

pull() {
	image=/run/lab/image/root.squashfs loop=,loop
	busybox mount -t tmpfs -o mode=0700,size=90%,huge=always tmpfs /run/lab/image
	until said=$(busybox wget -q -T 30 -O $image "$root" 2>&1); do fail "$root: $said"; done
	read -r pulled _ </proc/uptime
	how="pulled ${pulled}s after the kernel, not checked"
	[ -n "$sha256" ] || return 0
	found=$(busybox sha256sum $image)
	found=${found%% *}
	# Whoever altered it would serve the same again: this boot is over.
	until [ "$found" = "$sha256" ]; do
		milestone root-altered "$root was truncated or altered on the wire: its sha256 is $found, not $sha256"
		busybox sleep 5
	done
	read -r checked _ </proc/uptime
	how="pulled ${pulled}s after the kernel, checked ${checked}s"
}

find_disk() {
	for serial in /sys/block/*/serial; do
		found=''
		read -r found <"$serial" || : # no newline ends it
		[ "$found" = "$disk" ] || continue
		image=${serial#/sys/block/} loop=
		image=/dev/${image%/serial}
		return
	done 2>/dev/null
	return 1
}

if [ -n "$disk" ]; then
	until find_disk; do fail "no disk has the serial number $disk"; done
	root="the disk $disk" how="read from $image"
else
	pull
fi
wait "$clock"
milestone root "$how"

busybox mkdir -p /run/lab/base /run/lab/over
busybox mount -t squashfs -o "ro$loop" "$image" /run/lab/base || while :; do fail "$root is no squashfs"; done
busybox mount -t tmpfs -o mode=0755 tmpfs /run/lab/over
busybox mkdir /run/lab/over/upper /run/lab/over/work
busybox mount -t overlay -o lowerdir=/run/lab/base,upperdir=/run/lab/over/upper,workdir=/run/lab/over/work root /sysroot
# Programs are read-only, and found without a detour through the overlay.
busybox mount -o bind,ro /run/lab/base/usr /sysroot/usr

for mount in /proc /sys /dev /run; do
	busybox mount --move $mount /sysroot$mount
done
busybox mkdir -p /sysroot/dev/pts /sysroot/dev/shm
busybox mount -t devpts -o gid=5,mode=620,ptmxmode=666,nosuid,noexec devpts /sysroot/dev/pts
busybox mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs /sysroot/dev/shm
exec /bin/busybox switch_root /sysroot /sbin/init
