package vmlab.junit;

/** A lab that can't do what it was asked for; the message is what {@code lab} said, diagnosis and all. */
public final class LabException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * One with what was said.
     *
     * @param message in the words of {@code lab}
     */
    public LabException(String message) {
        super(message);
    }
}
