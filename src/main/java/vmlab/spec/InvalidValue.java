package vmlab.spec;

/** A piece of text that is not the value it should be: a size without a unit, a network with host bits. */
public final class InvalidValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String valid;

    public InvalidValue(String what, String valid) {
        super(what + "; " + valid);
        this.what = what;
        this.valid = valid;
    }

    /** What was found. */
    public String what() {
        return what;
    }

    /** What to write instead. */
    public String valid() {
        return valid;
    }
}
