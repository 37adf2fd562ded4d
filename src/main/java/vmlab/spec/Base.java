package vmlab.spec;

import java.util.Locale;

/** Which package tool makes the root of an image: {@code base: apt | apk | dnf}. */
public enum Base {
    /** Debian and its kin. */
    APT,
    /** Alpine. */
    APK,
    /** Fedora and its kin. */
    DNF;

    /** As the YAML has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
