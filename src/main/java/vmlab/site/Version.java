package vmlab.site;

/** The version of lab, as stands in the metadata of what it makes. */
public final class Version {

    /** The text; {@code lab --version} prints it. */
    public static final String TEXT = "0.1.0";

    private Version() {}
}
