# shellcheck shell=bash disable=SC2154  # state and pid are scripts/host's, which reads this file
# The way out of the embedded host, held open for as long as the host lives.
#
# pasta (package passt) makes a network device in the host's network, called way-out, and turns what goes out there into
# connections of this user's own: that takes no rights, and nothing comes in. The device is there as long as pasta is. Inside,
# one address leads to the machine's DNS, also to one on its loopback; its loopback itself can't be reached.
# Two files tell those inside: way-out.why, why there is no way out (vmlab.site.WayOut), and resolv.conf.

readonly DNS_INSIDE=169.254.77.53

hold_way_out() {
    local why='' resolver='' pasta=''
    cd /
    while alive "$state/pid"; do
        if [[ ! $(type -P pasta) ]]; then
            no_way_out "missing: pasta (package passt) is not installed"
        elif ! is_connected; then
            no_way_out "offline: this machine has no IPv4 default route"
        else
            read_resolver
            start_pasta "$pid"
            attend_pasta
            ! alive "$state/pid" || [[ $pasta == anew ]] || no_way_out "failed: pasta ended: $(tail -n 1 "$state/way-out.log")"
        fi
        [[ $pasta == anew ]] || sleep 2
    done
}

# Says why there is no way out; the log has it once.
no_way_out() {
    [[ $why == "$1" ]] || echo "no way out: $1"
    why=$1
    printf '%s\n' "$why" >"$state/way-out.new"
    mv "$state/way-out.new" "$state/way-out.why"
}

# Whether the machine has an IPv4 network that leads anywhere.
is_connected() {
    local destination
    while read -r _ destination _; do
        [[ $destination != 00000000 ]] || return 0
    done </proc/net/route
    return 1
}

read_resolver() {
    resolver=''
    [[ ! -r /etc/resolv.conf ]] || resolver=$(</etc/resolv.conf)
}

# Starts pasta in the network of process $1. Root's pasta has given up the right to open that by its name: it gets it as standard input.
start_pasta() {
    local options=(--foreground --quiet --ipv4-only --ns-ifname way-out --config-net --no-map-gw
        --address 169.254.77.2 --netmask 24 --gateway 169.254.77.1
        --tcp-ports none --udp-ports none --tcp-ns none --udp-ns none)
    # Mounted over the host's own /etc/resolv.conf, where no other file can take its place. Empty where there is nobody to ask:
    # dnsmasq then says so at once.
    : >"$state/resolv.conf"
    if [[ $'\n'$resolver =~ $'\n'[[:blank:]]*nameserver[[:blank:]]+[0-9]+\. ]]; then
        echo "nameserver $DNS_INSIDE" >"$state/resolv.conf"
        options+=(--dns-forward "$DNS_INSIDE")
    fi
    if ((EUID)); then
        options+=(--userns "/proc/$1/ns/user" --netns "/proc/$1/ns/net")
    else
        options+=(--runas 0:0 --netns /proc/self/fd/0)
    fi
    setpriv --pdeathsig KILL pasta "${options[@]}" <"/proc/$1/ns/net" >/dev/null 2>"$state/way-out.log" &
    pasta=$!
}

# Returns when pasta has ended; with pasta=anew when it is to start anew, since the machine asks another DNS now.
attend_pasta() {
    local before=$resolver
    while alive "$state/pid" && [[ $before == "$resolver" ]]; do
        sleep 5 &
        wait -n "$pasta" $! || true
        kill -0 "$pasta" 2>/dev/null || return 0
        why=''
        rm -f "$state/way-out.why"
        read_resolver
    done
    kill "$pasta" && { wait "$pasta" || true; }
    pasta=anew
}
