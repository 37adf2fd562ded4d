# shellcheck shell=bash
# Sourced by the launcher beside it: what it knows of the machine's own libvirt.

# Whether the machine's own libvirt, one daemon or several, answers this user; sets REPLY to why, or why not.
libvirt_answers() {
    local socket said user=${USER:-$EUID}
    for socket in /run/libvirt/{libvirt,virtqemud}-sock; do [[ ! -S $socket ]] || break; done
    REPLY="no libvirt runs on this machine"
    [[ -S $socket ]] || return
    REPLY="it answers, and no other was asked for"
    ! said=$(timeout 5 virsh -q -c qemu:///system uri </dev/null 2>&1) || return 0
    REPLY="qemu:///system does not answer: ${said##*error: }"
    [[ -w $socket && $said != *auth* ]] ||
        REPLY="qemu:///system does not let in $user; as root: usermod -aG libvirt $user, then log in again"
    return 1
}
