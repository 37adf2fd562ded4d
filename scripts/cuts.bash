# shellcheck shell=bash disable=SC2154
# For scripts/bench --cuts: what becomes of what a node was told is on its disk, when it loses its power, or this machine does, and
# what that costs. Sourced; wants LAB_HOME, lab and recipe.

# Writes the cluster.yaml of a node whose disks are $1 (safe or fast).
cuts_cluster() {
    cat >"$LAB_HOME/cuts.yaml" <<-YAML
		apiVersion: lab/v1
		name: cuts
		image: $PWD/images/debian.yaml
		nodes: [{name: cp, role: single, cpus: 2, memory: 3GiB, boot: direct}]
		disks: $1
		golden: never
	YAML
}

# Prints QEMU's processor seconds so far, and how often the node flushed its state disk and how long that took altogether, in ms.
cuts_so_far() {
    # shellcheck disable=SC2016 # for the shell in there
    "${lab[@]}" exec -- sh -c 'cat "/proc/$(pidof qemu-system-x86_64)/stat"; virsh -q domblkstat "$(virsh -q list --name)" vda' |
        awk -v hz="$(getconf CLK_TCK)" 'NR == 1 { sub(/.*\) /, ""); printf "%.1f", ($12 + $13) / hz }
            / flush_operations / { printf " %d", $3 } / flush_total_times / { printf " %d", $3 / 1000000 }'
}

# Prints how many milliseconds one write of 2300 bytes takes that is on the disk before the next: into a new file, and into one that
# is there, as etcd does it.
cuts_write() {
    # shellcheck disable=SC2016 # for the shell in there
    "${lab[@]}" ssh cuts -- '
        ms() { start=$(date +%s%N); "$@" 2>/dev/null; echo "$(( ($(date +%s%N) - start) / 10000000 ))"; }
        cd /var && dd if=/dev/zero of=there bs=1M count=4 conv=fsync 2>/dev/null
        ms dd if=/dev/zero of=new bs=2300 count=1000 oflag=dsync
        ms dd if=/dev/zero of=there bs=2300 count=1000 oflag=dsync conv=notrunc
        rm -f new there' | awk '{ printf "%.2f ", $1 / 100 }'
}

# Waits until the node answers what a command says.
cuts_ask() {
    until "${lab[@]}" ssh cuts -- "$@" 2>/dev/null; do sleep 1; done
}

# Cuts the node's power $1 times while it writes; prints how many writes it was told are on the disk and how many of those are not.
cuts_of_node() {
    local round writer acknowledged told=0 lost=0
    for ((round = 1; round <= $1; round++)); do
        acknowledged=$LAB_HOME/told.$round
        : >"$acknowledged"
        # A write is told of once it is on the disk, as far as the node knows.
        "${lab[@]}" ssh cuts -- "n=1; while echo \$n | dd oflag=append,dsync conv=notrunc status=none of=/var/cut.$round; do echo \$n; n=\$((n + 1)); done" \
            >"$acknowledged" 2>/dev/null &
        writer=$!
        until [[ -s $acknowledged ]]; do sleep 0.2; done
        sleep "$((RANDOM % 4)).$((RANDOM % 10))"
        # shellcheck disable=SC2016 # for the shell in there
        "${lab[@]}" exec -- sh -c 'kill -KILL "$(pidof qemu-system-x86_64)"; until virsh -q start lab-cuts.cp >/dev/null 2>&1; do sleep 0.2; done'
        kill -TERM "$writer" 2>/dev/null || true
        wait "$writer" 2>/dev/null || true
        cuts_ask "cat /var/cut.$round" >"$LAB_HOME/found"
        lost=$((lost + $(comm -23 <(sort "$acknowledged") <(sort "$LAB_HOME/found") | wc -l)))
        told=$((told + $(wc -l <"$acknowledged")))
        echo "cut $round: $(wc -l <"$acknowledged") writes acknowledged, $(wc -l <"$LAB_HOME/found") found" >&2
    done
    echo "$told $lost"
}

# Takes the embedded host away $1 times, as a reboot of this machine would, every other time from a lab that was stopped; prints how
# often the lab was listed as off and came back with all that was on /var.
cuts_of_host() {
    local round survived=0 start='' off
    for ((round = 1; round <= $1; round++)); do
        "${lab[@]}" ssh cuts -- "echo $round | dd oflag=append,dsync conv=notrunc status=none of=/var/reboots"
        if ((round % 2)); then
            # Also from under a start that still waits for a Ready cluster.
            kill -KILL "$(cut -d ' ' -f 1 "$LAB_HOME/host/pid")"
            wait $start || true
        else
            kill -TERM $start
            wait $start || true
            "${lab[@]}" stop cuts --force >/dev/null 2>&1
        fi
        off=$("${lab[@]}" list | grep -c 'cuts .* off *$' || true)
        "${lab[@]}" start cuts >"$LAB_HOME/said" 2>&1 &
        start=$!
        [[ $(cuts_ask cat /var/reboots) == "$(seq "$round")" ]] && survived=$((survived + off))
        echo "reboot $round: $survived survived" >&2
    done
    wait $start || { cat "$LAB_HOME/said" >&2 && return 1; }
    echo "$survived"
}

bench_cuts() {
    local disks figures
    for disks in fast safe; do
        cuts_cluster "$disks"
        SECONDS=0
        "${lab[@]}" up "$LAB_HOME/cuts.yaml" --image "$recipe" >"$LAB_HOME/said" 2>&1 || { cat "$LAB_HOME/said" >&2 && return 1; }
        figures="$SECONDS $(cuts_so_far) $(cuts_write)"
        awk -v n="$disks" '{ printf "disks: %s  up to Ready %d s, %.1f processor seconds, %d flushes in %d ms; a write and its flush %.2f ms, %.2f ms where the file is there\n", n, $1, $2, $3, $4, $5, $6 }' <<<"$figures"
        [[ $disks == safe ]] || "${lab[@]}" down cuts >/dev/null 2>&1
    done
    read -r -a figures <<<"$(cuts_of_node 20)"
    echo "20 power cuts of the node: ${figures[0]} writes acknowledged, ${figures[1]} of them lost"
    echo "10 reboots of the embedded host: $(cuts_of_host 10) survived"
    "${lab[@]}" status cuts
}
