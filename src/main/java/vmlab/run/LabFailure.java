package vmlab.run;

import java.util.Optional;

/**
 * The one kind of failure text: what happened, in which phase and on which node, why (the evidence), what to do next. Adapters turn the
 * errors of libvirt, SSH, HTTP and processes into it where they meet them.
 */
public final class LabFailure extends RuntimeException {

    /** Whose fault it is; decides the exit status. */
    public enum Kind {
        /** The lab came up wrong, or not at all. */
        LAB(1),
        /** The input cannot be used as it stands. */
        INPUT(2),
        /** This machine lacks something. */
        MACHINE(3);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The process's exit status. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;
    private final String what;
    private final String why;
    private final String next;
    private final Optional<String> node;
    private final boolean isAsItIs;

    private LabFailure(Kind kind, Optional<String> node, String what, String why, String next, Throwable cause) {
        this(kind, node, what, why, next, cause, false);
    }

    private LabFailure(
            Kind kind, Optional<String> node, String what, String why, String next, Throwable cause, boolean isAsItIs) {
        super(what + ": " + why, cause);
        this.isAsItIs = isAsItIs;
        this.kind = kind;
        this.node = node;
        this.what = what;
        this.why = why;
        this.next = next;
    }

    /** The lab failed: {@code what} happened, because of the evidence {@code why}; the user should do {@code next}. */
    public static LabFailure lab(String what, String why, String next) {
        return new LabFailure(Kind.LAB, Optional.empty(), what, why, next, null);
    }

    /** The input can't be used. */
    public static LabFailure input(String what, String why, String next) {
        return new LabFailure(Kind.INPUT, Optional.empty(), what, why, next, null);
    }

    /** This machine can't. */
    public static LabFailure machine(String what, String why, String next) {
        return new LabFailure(Kind.MACHINE, Optional.empty(), what, why, next, null);
    }

    /** The same failure, said of one node. */
    public LabFailure on(String nodeName) {
        return new LabFailure(kind, Optional.of(nodeName), what, why, next, getCause());
    }

    /** The same failure with another advice. */
    public LabFailure withNext(String advice) {
        return new LabFailure(kind, node, what, why, advice, getCause());
    }

    /** The same failure with the exception that told of it, for {@code --verbose}. */
    public LabFailure causedBy(Throwable cause) {
        return new LabFailure(kind, node, what, why, next, cause);
    }

    /** The same failure, which says all there is to say: nobody need look for a cause. */
    public LabFailure asItIs() {
        return new LabFailure(kind, node, what, why, next, getCause(), true);
    }

    /** Whether it says all there is to say. */
    public boolean isAsItIs() {
        return isAsItIs;
    }

    public Kind kind() {
        return kind;
    }

    public Optional<String> node() {
        return node;
    }

    public String what() {
        return what;
    }

    public String why() {
        return why;
    }

    public String next() {
        return next;
    }
}
