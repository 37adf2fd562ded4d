package vmlab.image;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image in the store: {@code vmlinuz}, {@code initrd} and {@code root.squashfs} in one folder.
 *
 * @param digest SHA-256 over everything that went in, hexadecimal
 * @param k0s what the k0s inside says of its version, like {@code v1.36.3+k0s.2}
 * @param files what the build left, by name, as it was then: whatever differs from this has been altered
 */
public record BootImage(String name, String digest, Path folder, String k0s, Map<String, Artifact> files) {

    private static final String SQUASHFS = "root.squashfs";

    /** Copies its map. */
    public BootImage {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** The first twelve digits of the digest, which tell images apart for people and in paths. */
    public String shortDigest() {
        return digest.substring(0, 12);
    }

    /** Another image of the same store, that of {@code otherDigest}. */
    public BootImage sibling(String otherDigest) {
        return otherDigest.equals(digest) ? this : ImageStore.in(folder.resolveSibling(otherDigest));
    }

    /** The k0s inside, for people; one that only stands in for k0s is never shown without that word. */
    public String k0sText() {
        return k0s.endsWith("+standin") ? "k0s: stand-in (" + k0s + ")" : "k0s " + k0s;
    }

    /** The kernel. */
    public Path kernel() {
        return folder.resolve("vmlinuz");
    }

    /** The initrd. */
    public Path initrd() {
        return folder.resolve("initrd");
    }

    /** The root file system. */
    public Path squashfs() {
        return folder.resolve(SQUASHFS);
    }

    /** What the root file system's bytes must come to, hexadecimal. */
    public String squashfsSha256() {
        return files.get(SQUASHFS).sha256();
    }
}
