#!/bin/bash
# shellcheck disable=SC2154  # initdir and moddir are dracut's
# The whole initrd: busybox, a few modules and an init of one page. dracut's own livenet does the same through udev, systemd's
# libraries and hundreds of processes; emulated, that is ten seconds of each boot.

check() {
	require_binaries busybox || return 1
	return 255
}

depends() {
	return 0
}

installkernel() {
	hostonly='' instmods virtio_net virtio_blk loop squashfs overlay
}

install() {
	local busybox
	busybox=$(find_binary busybox)
	inst "$busybox" /bin/busybox
	ln -s busybox "$initdir/bin/sh"
	inst_simple "$moddir/init.sh" /init
	inst_simple /usr/lib/lab/functions.sh
	inst_simple /usr/lib/lab/lease
	mkdir -p "$initdir"/dev "$initdir"/proc "$initdir"/sys "$initdir"/run "$initdir"/sysroot "$initdir"/tmp
}
