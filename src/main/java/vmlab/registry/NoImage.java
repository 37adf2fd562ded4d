package vmlab.registry;

/** What was given is no image, or none that nodes could run; the message says why. */
final class NoImage extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoImage(String why) {
        super(why);
    }
}
