# shellcheck shell=sh
# What the services and the initrd share. Sourced: a process saved is a twentieth of a second of an emulated guest.

# The value of lab.url= on the kernel's command line, if any.
lab_url() {
	read -r lab_line </proc/cmdline
	for lab_word in $lab_line; do
		case $lab_word in
		lab.url=*)
			printf '%s' "${lab_word#lab.url=}"
			return
			;;
		esac
	done
}

# say LINE: on the console, and on the display, for whoever looks at a screenshot.
say() {
	printf '%s\n' "$1" 2>/dev/null >>"${LAB_CONSOLE:-/dev/console}"
	[ -n "${LAB_CONSOLE-}" ] || [ ! -c /dev/tty0 ] || printf '%s\n' "$1" 2>/dev/null >>/dev/tty0
}

# milestone NAME [TEXT]: a line on the console and, if the kernel line has lab.url=, a POST of TEXT to
# URL/milestone/NAME, in the background, with how long the kernel has run and, from a shell that knows it (the initrd's), the
# time of day. Never fails, never waits.
milestone() {
	say "lab: $*"
	: "${LAB_URL=$(lab_url)}"
	[ -n "$LAB_URL" ] || return 0
	lab_name=$1
	shift
	read -r lab_uptime _ </proc/uptime
	# shellcheck disable=SC3028  # empty where the shell is not busybox
	busybox wget -q -T 2 -O /dev/null --header="Lab-Uptime: $lab_uptime" --header="Lab-Clock: ${EPOCHREALTIME-}" \
		--post-data="$*" "$LAB_URL/milestone/$lab_name" >/dev/null 2>&1 </dev/null &
	return 0
}
