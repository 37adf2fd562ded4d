# shellcheck shell=bash
# For scripts/bench --profile: where the virtual processors of a node that runs are. Sourced; wants a JDK found, and usage.

# Runs the profiler where the lab's libvirt is, which for a lab of the embedded host is in there.
bench_profile() { # [--connect URI] [-s SECONDS] LAB [NODE]
    local lab=(scripts/lab)
    case ${1-} in
        --connect) lab+=("$1" "${2?no URI}") && shift 2 ;;
        --connect=*) lab+=("$1") && shift ;;
    esac
    (($#)) || { usage >&2 && exit 2; }
    scripts/lab --version >/dev/null
    MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" mvn -q -B -Dspotless.check.skip=true -DskipTests test-compile </dev/null >&2
    exec "${lab[@]}" exec -- "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED \
        -cp 'target/test-classes:target/classes:target/lib/*' vmlab.cli.ProfileCommand "$@"
}
