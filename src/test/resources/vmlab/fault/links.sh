#!/bin/bash
# links.sh SCRIPT... - a bridge with the cards of three nodes, a, b and c, in namespaces of their own; loads one file for nft after
# the other, and after each says how many of 40 pings were answered: from a to b, from a to c, from b to c.
set -euo pipefail

pids=()
trap 'kill "${pids[@]}" 2>/dev/null' EXIT

ip link add br0 type bridge
ip link set br0 up
number=0
for node in a b c; do
    number=$((number + 1))
    unshare --net sleep 600 &
    pids+=($!)
    # The process is in its namespace once that is not ours any more.
    until [[ $(readlink "/proc/$!/ns/net") != "$(readlink /proc/self/ns/net)" ]]; do sleep 0.05; done
    ip link add "card-$node" type veth peer name eth0 address "52:54:00:00:00:0$number" netns $!
    ip link set "card-$node" master br0 up
    nsenter --net --target $! sh -c "ip address add 192.0.2.$number/24 dev eth0 && ip link set eth0 up"
    # Nobody asks for an address: one question lost would cost all pings of a second.
    for other in 1 2 3; do
        nsenter --net --target $! ip neighbour replace "192.0.2.$other" lladdr "52:54:00:00:00:0$other" dev eth0 nud permanent
    done
done

# answered FROM TO [OPTION...]
answered() {
    nsenter --net --target "${pids[$1 - 1]}" busybox ping -q -c 40 -i 0.02 -W 1 "${@:3}" "192.0.2.$2" |
        sed -n 's/.* \([0-9]*\) packets received.*/\1/p'
}

report() { echo "$1: $(answered 1 2 || true) $(answered 1 3 || true) $(answered 2 3 || true) large $(answered 1 3 -s 1400 || true)"; }

report none
for script in "$@"; do
    nft -f "$script"
    report "${script##*/}"
done
nft -j list table netdev lab_demo
