# shellcheck shell=bash
# Runs in the embedded host: makes the networks that the test described, and asks what a node on each can reach.

open_or_not() { # until there is a way out, or it is said why not
    for _ in {1..200}; do
        [[ ! -e /sys/class/net/way-out && ! -e $LAB_HOME/host/way-out.why ]] || return 0
        sleep 0.05
    done
}

get() { # limit host: the page that it has, asked by the node
    timeout "$1" nsenter -t "$node" -n bash -c "exec 3<>/dev/tcp/$2/80 && printf 'GET / HTTP/1.0\r\n\r\n' >&3 && tail -n 1 <&3" 2>/dev/null || echo closed
}

ask() { # what a node on network $1, which is $2.0/24 on bridge $3, can reach; an answer that is expected has $4 seconds
    unshare --net sleep 60 &
    node=$!
    until [[ ! /proc/$node/ns/net -ef /proc/self/ns/net ]]; do sleep 0.01; done
    ip link add "veth-$1" type veth peer name eth0 netns "$node"
    ip link set "veth-$1" master "$3" up
    nsenter -t "$node" -n bash -c "ip addr add $2.11/24 dev eth0; ip link set eth0 up; ip route add default via $2.1"
    echo "$1 address: $(get "$4" 198.51.100.1)"
    echo "$1 name: $(timeout "$4" nsenter -t "$node" -n busybox nslookup world.test "$2.1" 2>/dev/null | grep -o '198.*' || echo unknown)"
    echo "$1 loopback: $(get 2 169.254.77.1)"
    kill "$node"
}

open_or_not
if [[ -e $LAB_HOME/host/way-out.why ]]; then
    echo "why: $(<"$LAB_HOME/host/way-out.why")"
    exit
fi
for network in open shut; do
    virsh -q "net-define /mnt/$network.xml; net-start lab-$network" >/dev/null
done
bridge() { virsh -q net-info "lab-$1" | sed -n 's/^Bridge: *//p'; }
ask shut 10.77.6 "$(bridge shut)" 2
ask open 10.77.5 "$(bridge open)" 30

# pasta is not of these namespaces, but its device is: it ends when that goes.
before=$(</sys/class/net/way-out/ifindex)
ip link delete way-out
until [[ -e /sys/class/net/way-out && $(</sys/class/net/way-out/ifindex) != "$before" ]]; do sleep 0.1; done
ask again 10.77.5 "$(bridge open)" 30
