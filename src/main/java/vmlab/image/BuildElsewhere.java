package vmlab.image;

/** The image must be built, and this process may not: inside the embedded host there is no network to fetch packages from. */
public final class BuildElsewhere extends RuntimeException {
    private static final long serialVersionUID = 1;
}
