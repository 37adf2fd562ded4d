package vmlab.boot;

import java.nio.file.Path;

/**
 * Where an image's files are on a boot server: {@code http://HOST:PORT/image/DIGEST12/root.squashfs}. The image is part of the address, so
 * that each node can have its own.
 *
 * @param server the boot server's URL, without a slash at the end
 * @param folder the image's folder in the store, which is called by its digest
 */
public record ImageUrl(String server, Path folder) {

    /** The files that there are. */
    static final String KERNEL = "vmlinuz";

    static final String INITRD = "initrd";
    static final String ROOT = "root.squashfs";

    private static final int SHORT = 12;

    /** What an image is called on the wire: the first twelve digits of its digest. */
    static String shortName(Path folder) {
        String digest = folder.getFileName().toString();
        return digest.substring(0, Math.min(SHORT, digest.length()));
    }

    String kernel() {
        return of(KERNEL);
    }

    String initrd() {
        return of(INITRD);
    }

    String root() {
        return of(ROOT);
    }

    private String of(String file) {
        return server + "/image/" + shortName(folder) + "/" + file;
    }
}
