package vmlab.suite.immutable;

import java.util.List;
import java.util.Set;

/** Programs are the image's: nothing below /usr can be written, and nothing lies over it but what belongs to the state disk. */
final class UsrReadOnly implements Promise {

    /** They lie on the state disk. */
    private static final Set<String> KEPT = Set.of("/usr/local", "/usr/libexec/k0s");

    @Override
    public String name() {
        return "usr-read-only";
    }

    @Override
    public String words() {
        return "/usr is the image's squashfs, read-only, but for /usr/local and /usr/libexec/k0s";
    }

    @Override
    public boolean needsReboot() {
        return false;
    }

    @Override
    public String before(NodeFiles node) throws InterruptedException {
        Mounts mounts = node.mounts();
        Mounts.Mount usr =
                mounts.at("/usr").orElseThrow(() -> broken("/usr", "is not mounted read-only: it is part of /"));
        for (Mounts.Mount over : mounts.within("/usr")) {
            if (!over.equals(usr) && KEPT.stream().noneMatch(it -> (over.point() + "/").startsWith(it + "/"))) {
                throw broken(over.point(), "is covered by another mount: " + over);
            }
        }
        List<String> written = node.writable("/usr $(find /usr -mindepth 1 -maxdepth 1 -type d ! -path /usr/local)");
        if (!written.isEmpty()) {
            throw broken(written.getFirst(), "could be written");
        }
        if (!usr.isReadOnly()) {
            throw broken("/usr", "is mounted read-write");
        }
        return usr + " refuses to be written";
    }
}
