# Sourced by the scripts beside it: waits for a child as a careful parent does.

# Waits until background process $1 has ended and returns what it ended with. A Ctrl-C goes to the whole foreground group:
# the child has its own, and this shell must ignore it. A SIGTERM that reaches this shell calls $2 with the child's id.
# The trap itself does nothing more than say so: bash may hang or misread its script where one does real work.
await() {
    local signalled='' status again
    trap 'signalled=yes' TERM
    while true; do
        { wait "$1" && status=0 || status=$?; } 2>/dev/null # that a child was killed is no news
        kill -0 "$1" 2>/dev/null || break
        if [[ $signalled ]]; then
            signalled=''
            "$2" "$1"
        fi
    done
    trap '' TERM
    # Perhaps the wait was interrupted just when the child ended; then this one knows what it ended with.
    { wait "$1" && again=0 || again=$?; } 2>/dev/null
    ((again == 127)) || status=$again
    return "$status"
}
