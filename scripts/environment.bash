# shellcheck shell=bash
# Sourced first by the scripts of this project, which then call `make_environment "$0" "$@"`: the environment of all that they start is
# made here, not inherited. A shell, git (in a hook), Java's tools or a CI system leave variables there that mean something else to the
# programs lab calls: CDPATH, GIT_DIR, JAVA_TOOL_OPTIONS, TAR_OPTIONS, functions that bash exports. What is not listed is left out.
# vmlab/run/Environment has the same list, and EnvironmentTest compares them.
kept_variables=(
    PATH HOME USER LOGNAME SHELL PWD OLDPWD SHLVL _ TZ TMPDIR CI 'LAB_*' 'XDG_*' 'SUDO_*'
    TERM COLORTERM NO_COLOR COLUMNS LINES DISPLAY WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS BROWSER
    KUBECONFIG LIBVIRT_DEFAULT_URI LIBVIRT_AUTH_FILE SSH_AUTH_SOCK
    'DOCKER_*' 'CONTAINER_*' 'CONTAINERS_*' REGISTRY_AUTH_FILE 'AWS_*' 'GOOGLE_*' 'CLOUDSDK_*' 'AZURE_*'
    '@(http|https|all|no)_proxy' '@(HTTP|HTTPS|ALL|NO)_PROXY' SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE
    GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM APT_CONFIG SOURCE_DATE_EPOCH
    JAVA_HOME MAVEN_OPTS MAVEN_ARGS GOPROXY GONOPROXY GOSUMDB GONOSUMDB GOPRIVATE GOINSECURE GOAUTH GOPATH GOCACHE GOMODCACHE GOTOOLCHAIN
)

# Begins the script anew without what is not kept, unless there is nothing of that: functions can be left out in no other way. The
# rest is set right: a home, folders where root's tools are, a language that all programs have, proxies in the spelling that each reads.
make_environment() { # the script and its arguments
    local entry kept=() given=() pattern name upper
    printf -v pattern '%s|' "${kept_variables[@]}"
    mapfile -d '' -t given <"/proc/$$/environ"
    for entry in "${given[@]}"; do
        [[ $entry != @(${pattern%|})=* && $entry != LC_ALL=C.UTF-8 ]] || kept+=("$entry")
    done
    # A descriptor that is closed would be given to the next file that is opened, and what is said written there.
    [[ -e /dev/fd/0 ]] || exec </dev/null
    [[ -e /dev/fd/1 ]] || exec >/dev/null
    [[ -e /dev/fd/2 ]] || exec 2>/dev/null
    if ((${#kept[@]} < ${#given[@]})); then
        exec env -i "${kept[@]}" "$BASH" -p "$@"
    fi
    export LC_ALL=C.UTF-8 PATH
    # Containers make do with 000: then everybody could change the images that nodes boot.
    umask o-w
    [[ :$PATH: == *:/usr/sbin:* ]] || PATH=$PATH:/usr/sbin:/sbin
    if [[ ${HOME-} != /* ]]; then
        unset HOME
        export HOME=~ # the password file's
    fi
    [[ ${TMPDIR-} == /* && -d $TMPDIR && -w $TMPDIR && -x $TMPDIR ]] || unset TMPDIR
    for name in http_proxy https_proxy all_proxy no_proxy; do
        upper=${name^^}
        [[ ! ${!name:-${!upper-}} ]] || export "$name=${!name:-${!upper}}" "$upper=${!name:-${!upper}}"
    done
}
