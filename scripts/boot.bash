# shellcheck shell=bash disable=SC2154
# For scripts/bench --boot: one node booted in every way, each time from nothing, side by side. Sourced; wants LAB_HOME, lab and recipe.

# Writes the cluster.yaml of a node that starts by $1, with its root file system in $2 (ram or shared).
boot_cluster() {
    cat >"$LAB_HOME/boot.yaml" <<-YAML
		apiVersion: lab/v1
		name: boot
		image: $PWD/images/debian.yaml
		nodes: [{name: cp, role: single, cpus: 2, memory: 3GiB, boot: $1}]
		rootfs: $2
		timeouts: {boot: 8m, ready: 15m}
		golden: never
	YAML
}

# Runs `lab up` in the background, its events in $LAB_HOME/events; up is its process.
boot_begin() {
    : >"$LAB_HOME/events" # at once: what an earlier boot said is read no more
    "${lab[@]}" up -o json "$LAB_HOME/boot.yaml" --image "$recipe" >"$LAB_HOME/events" 2>"$LAB_HOME/said" &
    up=$!
}

# Says why the last `lab up` failed.
boot_failed() {
    tail -n 1 "$LAB_HOME/events" >&2
    cat "$LAB_HOME/said" >&2
    return 1
}

# When the first event happened that matches $1, in seconds; fails where there is none.
boot_when() {
    local at
    at=$(grep -E -m 1 "$1" "$LAB_HOME/events" | sed 's/.*"at":"\([^"]*\)".*/\1/')
    [[ $at ]] && date +%s.%N -d "$at"
}

# Seconds from power-on to the event $1.
boot_took() {
    local on to
    on=$(boot_when '"event":"Lifecycle".*"state":"started"') && to=$(boot_when "$1") &&
        awk -v a="$on" -v b="$to" 'BEGIN { printf "%.1f", b - a }'
}

sshd='"event":"Milestone".*"name":"sshd"'
ready='"event":"PhaseDone".*"phase":"ready"'

# Prints the seconds from power-on until the node's sshd listens; then the lab goes again, by the way of an interruption.
boot_to_sshd() { # mode
    boot_cluster "$1" ram
    boot_begin
    until grep -qE "$sshd" "$LAB_HOME/events"; do
        kill -0 "$up" 2>/dev/null || { boot_failed || return; }
        sleep 0.5
    done
    kill -TERM "$up"
    wait "$up" || true
    boot_took "$sshd"
}

# Prints the processor seconds that QEMU has used so far.
boot_cpu() {
    # shellcheck disable=SC2016 # for the shell in there
    "${lab[@]}" exec -- sh -c 'cat "/proc/$(pidof qemu-system-x86_64)/stat"' |
        awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.1f", ($12 + $13) / hz }'
}

# Prints what a Ready node takes whose root file system is as $1 says: seconds to sshd and to Ready, memory in the guest and of QEMU, QEMU's
# processor seconds until then, and how much of a processor it takes once it has settled.
boot_to_ready() { # rootfs
    local used rss cpu from idle
    boot_cluster direct "$1"
    boot_begin
    wait "$up" || { boot_failed || return; }
    cpu=$(boot_cpu)
    used=$("${lab[@]}" ssh boot -- free -m | awk '/Mem:/ { print $3 }')
    # shellcheck disable=SC2016 # for the shell in there
    rss=$("${lab[@]}" exec -- sh -c 'cat "/proc/$(pidof qemu-system-x86_64)/status"' | awk '/VmRSS/ { printf "%d", $2 / 1024 }')
    sleep 20
    from=$(boot_cpu)
    sleep 30
    idle=$(boot_cpu)
    printf '%s %s %s %s %s %s\n' "$(boot_took "$sshd")" "$(boot_took "$ready")" "$used" "$rss" "$cpu" \
        "$(awk -v a="$from" -v b="$idle" 'BEGIN { printf "%.2f", (b - a) / 30 }')"
    "${lab[@]}" down boot >/dev/null 2>&1
}

bench_boot() {
    local mode rootfs figures fastest
    declare -A of
    "${lab[@]}" image build "$recipe" >/dev/null
    for mode in pxe uefi-pxe tftp; do
        of[$mode]=$(boot_to_sshd "$mode")
    done
    for rootfs in ram shared; do
        figures=$(boot_to_ready "$rootfs")
        awk -v n="$rootfs" '{ printf "rootfs: %-7s boot: direct, to sshd %5.1f s, to Ready %6.1f s and %6.1f processor seconds, %.2f of a processor when settled, %5d MB used in the guest, %5d MB of QEMU here\n", n, $1, $2, $5, $6, $3, $4 }' <<<"$figures"
        [[ $rootfs != ram ]] || of[direct]=${figures%% *}
    done
    fastest=$(printf '%s\n' "${of[@]}" | sort -n | head -n 1)
    for mode in pxe uefi-pxe tftp direct; do
        awk -v n="$mode" -v s="${of[$mode]}" -v u="$fastest" \
            'BEGIN { printf "boot: %-9s power-on to sshd %8.1f s %6.2f x\n", n, s, s / u }'
    done
}
