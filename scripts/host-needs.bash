# shellcheck shell=bash disable=SC2154  # private, state and fail are scripts/host's, which reads this file
# What a host of one's own needs of this machine; each lack is said with its cure, and ends the script with 3.

check_machine() {
    local tool missing=() folder place
    for tool in unshare nsenter setsid flock mount ip virsh libvirtd virtlogd dnsmasq; do
        [[ $(type -P "$tool") ]] || missing+=("$tool")
    done
    for folder in "${private[@]}" /var/cache/libvirt; do
        [[ -d $folder ]] || missing+=("$folder")
    done
    ((!${#missing[@]})) || fail 3 "missing: ${missing[*]}; scripts/setup installs what is needed"
    for place in "$LAB_HOME" "$LAB_CACHE" "$scripts"; do
        place=$(realpath -m "$place")
        for folder in "${private[@]}" /var/cache/libvirt; do
            [[ $place/ != "$folder"/* ]] || fail 3 "$place can't be seen inside, where $folder is another; choose another place (LAB_HOME, LAB_CACHE)"
        done
    done
    local socket=$state/door.sock
    ((${#socket} < 104)) || fail 3 "$LAB_HOME is too long a name to hold sockets; choose another LAB_HOME"
    ((EUID == 0)) || check_user
}

# What an ordinary user needs to have namespaces of one's own.
check_user() {
    local user file limit
    user=$(id -un)
    [[ $(type -P newuidmap) ]] || fail 3 "missing: newuidmap (package uidmap); scripts/setup installs it"
    for file in /etc/subuid /etc/subgid; do
        grep -qsE "^($user|$EUID):[0-9]+:[0-9]{5,}$" "$file" ||
            fail 3 "$file has no range for $user; as root: usermod --add-subuids 200000-265535 --add-subgids 200000-265535 $user"
    done
    for limit in kernel/unprivileged_userns_clone=0 kernel/apparmor_restrict_unprivileged_userns=1 user/max_user_namespaces=0; do
        if [[ -r /proc/sys/${limit%=*} && $(<"/proc/sys/${limit%=*}") == "${limit#*=}" ]]; then
            limit=${limit//\//.}
            fail 3 "this machine lets only root make namespaces ($limit); as root: sysctl -w ${limit%=*}=$((1 - ${limit#*=}))"
        fi
    done
}
