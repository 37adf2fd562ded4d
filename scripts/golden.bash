# shellcheck shell=bash disable=SC2034,SC2154
# For scripts/bench --golden: a boot, and the ways around it. Sourced; wants LAB_HOME, lab, recipe and measure.

bench_golden() {
    cat >"$LAB_HOME/golden.yaml" <<-YAML
		apiVersion: lab/v1
		name: golden
		image: $PWD/images/debian.yaml
		nodes: [{name: cp, role: single, cpus: 2, memory: 3GiB, boot: direct}]
	YAML
    local up=("${lab[@]}" up "$LAB_HOME/golden.yaml" --image "$recipe")
    measure 'up, cold, and kept' 1 "${up[@]}"
    golden_memory 'of that node'
    before=("${lab[@]}" down golden)
    measure 'up, golden' 5 "${up[@]}"
    before=()
    golden_memory 'of that node'
    measure 'snapshot create' 1 "${lab[@]}" snapshot create golden bench
    grep -o 'stood still.*' "$LAB_HOME/said" | head -n 1
    measure 'snapshot restore' 3 "${lab[@]}" snapshot restore golden bench
    "${lab[@]}" down golden >/dev/null 2>&1
    before=(golden_end_forks)
    measure 'fork, one' 3 "${lab[@]}" fork golden
    golden_memory 'of that fork'
    measure 'fork, four at once' 1 "${lab[@]}" fork golden --count 4
    golden_memory 'of each of four'
    golden_end_forks
    before=(golden_end_floor)
    measure 'the same by hand, to /readyz' 5 scripts/host run --start -- bash scripts/golden.bash floor "$LAB_HOME"
    golden_end_floor
}

golden_end_forks() {
    local fork
    for fork in "$LAB_HOME"/forks/*/; do
        [[ ! -d $fork ]] || "${lab[@]}" down "$(basename "$fork")"
    done
}

golden_end_floor() {
    scripts/host stop || true
    rm -rf "$LAB_HOME/host" "$LAB_HOME/labs/golden"
}

# What the QEMUs of this bench take of memory: what several share counts for each as its part.
golden_memory() { # whose
    local process
    for process in $(pgrep -f "qemu-system.*$LAB_HOME"); do
        awk -v n="memory $1" '/^Pss:/ { printf "%-34s %9d MB\n", n, $2 / 1024 }' "/proc/$process/smaps_rollup"
    done
}

# Brings the golden lab below home $1 to life with nothing but virsh and curl, inside the embedded host.
golden_floor() {
    set -euo pipefail
    local golden domain=lab-golden.cp folder=$1/labs/golden below layer name
    golden=$(echo "$1"/golden/*/)
    mkdir -p "$folder"
    cp -r "$golden"/lab/{cp.config.img,lab.kubeconfig} "$folder"
    ln "$golden"/lab/cp.state.img* "$folder"
    below=$(find "$folder" -name 'cp.state.img*' | sort | tail -n 1)
    layer=$(grep -o "$folder/cp.state.img[.0-9]*" "$golden/machines/$domain" | head -n 1)
    qemu-img create -q -f qcow2 -F "$([[ $below == *.img ]] && echo raw || echo qcow2)" -b "$below" "$layer"
    virsh -q net-define "$golden/networks/lab-golden" && virsh -q net-start lab-golden
    sed "s#mem-path=[^,]*,share=on#mem-path=$golden/cp.memory.img,share=off,readonly=on,rom=off#
        s#</qemu:commandline>#<qemu:arg value='-incoming'/><qemu:arg value='defer'/>&#" "$golden/machines/$domain" >"$folder/machine.xml"
    virsh -q create --paused "$folder/machine.xml"
    monitor() { virsh -q qemu-monitor-command "$domain" "$1"; }
    capability() { monitor '{"execute":"migrate-set-capabilities","arguments":{"capabilities":[{"capability":"x-ignore-shared","state":'"$1"'}]}}'; }
    capability true
    monitor '{"execute":"migrate-incoming","arguments":{"uri":"file:'"$golden/cp.state"'"}}'
    until monitor '{"execute":"query-migrate"}' | grep -q '"completed"'; do sleep 0.02; done
    capability false
    virsh -q resume "$domain"
    for name in client-certificate-data client-key-data; do
        awk -v k="$name:" '$1 == k { print $2 }' "$folder/lab.kubeconfig" | tr -d '"' | base64 -d >"$folder/$name"
    done
    until curl -sfk -m 10 --cert "$folder/client-certificate-data" --key "$folder/client-key-data" \
        "$(awk '$1 == "server:" { print $2 }' "$folder/lab.kubeconfig" | tr -d '"')/readyz"; do sleep 0.05; done
}

[[ ${1-} != floor ]] || golden_floor "$2"
