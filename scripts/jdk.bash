# Sourced by the scripts beside it: finds a JDK, release 25 or newer, by reading the files called `release`,
# for starting a java only to ask its version costs more than everything else a launcher does.

# Sets REPLY to the release number of the JDK in folder $1; fails when there is none.
jdk_release() {
    local line
    REPLY=0
    [[ -x $1/bin/javac && -r $1/release ]] || return 1
    while read -r line; do
        if [[ $line == JAVA_VERSION=* ]]; then
            line=${line#*\"}
            REPLY=${line%%[!0-9]*}
            return
        fi
    done <"$1/release"
    return 1
}

# Sets JAVA_HOME to the runtime that lab was packed with (scripts/dist), or to a JDK that is new enough; fails when there is none.
find_jdk() {
    local on_path folder runtime=${BASH_SOURCE[0]%/*}/../runtime
    if [[ -x $runtime/bin/java ]]; then
        export JAVA_HOME=$runtime
        return
    fi
    on_path=$(readlink -f "$(type -P javac)") || on_path=
    for folder in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
        if [[ $folder ]] && jdk_release "$folder" && ((REPLY >= 25)); then
            export JAVA_HOME=$folder
            return
        fi
    done
    return 1
}
