package vmlab.image;

import java.nio.file.Path;

/**
 * An image in the store: {@code vmlinuz}, {@code initrd} and {@code root.squashfs} in one folder.
 *
 * @param digest SHA-256 over everything that went in, hexadecimal
 * @param k0s what the k0s inside says of its version, like {@code v1.36.3+k0s.2}
 */
public record BootImage(String name, String digest, Path folder, String k0s) {

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
        return folder.resolve("root.squashfs");
    }
}
