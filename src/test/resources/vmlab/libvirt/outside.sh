#!/usr/bin/env bash
# outside.sh SCRIPTS USER WHAT.. - plays a machine and the world around it, in namespaces that the test made, and runs WHAT in an embedded
# host there: as root, or as USER. An HTTP server is in the world, one on the machine's loopback, and the machine's DNS is on the loopback.
set -euo pipefail
scripts=$1 user=$2
shift 2

PATH=$PATH:/usr/sbin:/sbin
mount -t tmpfs -o mode=0755 machine /mnt
mount -t tmpfs -o mode=0755 machine /run
ip link set lo up
ip netns add world
ip link add eth0 type veth peer name eth0 netns world
ip address add 198.51.100.2/24 dev eth0
ip link set eth0 up
[[ ${OFFLINE-} ]] || ip route add default via 198.51.100.1
ip -n world address add 198.51.100.1/24 dev eth0
ip -n world link set eth0 up

serve() { # folder address: what it is
    mkdir -p "/mnt/$1"
    echo "hello from the $1" >"/mnt/$1/index.html"
    busybox httpd -f -p "$2" -h "/mnt/$1" &
}
(ip netns exec world bash -c "$(declare -f serve); serve world 198.51.100.1:80; wait") &
serve loopback 127.0.0.1:80
echo 'nameserver 127.0.0.53' >/mnt/resolv.conf
mount --bind /mnt/resolv.conf /etc/resolv.conf
dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --pid-file= --no-resolv --no-hosts --bind-interfaces \
    --listen-address=127.0.0.53 --address=/world.test/198.51.100.1 &
case ${PASTA-} in
    missing)
        mkdir /mnt/bin
        cp -sf /usr/sbin/* /mnt/bin/
        cp -sf /usr/bin/* /mnt/bin/ 2>/dev/null || true # a folder is among them
        rm /mnt/bin/pasta
        PATH=/mnt/bin
        ;;
    fails) mount --bind "$(type -P false)" "$(readlink -f "$(type -P pasta)")" ;;
esac

# Where any user may go; target/, the door and all that is built, stays outside.
cp -r "$scripts" /mnt/scripts
cp "$@" /mnt/
mkdir /mnt/lab
run=()
if [[ $user ]]; then
    echo "$user:200000:65536" >/mnt/ids
    mount --bind /mnt/ids /etc/subuid
    mount --bind /mnt/ids /etc/subgid
    chown "$user" /mnt/lab
    run=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups)
fi
cd /mnt/lab
LAB_HOME=/mnt/lab/home LAB_CACHE=/mnt/lab/cache HOME=/mnt/lab "${run[@]}" /mnt/scripts/host run --start -- bash /mnt/inside.sh
