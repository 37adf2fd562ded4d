package vmlab.registry;

/**
 * An image of the store.
 *
 * @param name in full: {@code docker.io/library/nginx:latest}
 * @param digest of its manifest, {@code sha256:…}
 * @param mediaType of its manifest
 * @param size in bytes, all that it consists of
 */
public record StoredImage(String name, String digest, String mediaType, long size) {

    private static final int SHORT = 12;

    /** Enough of the digest for people. */
    public String shortDigest() {
        String hex = digest.substring(digest.indexOf(':') + 1);
        return hex.substring(0, Math.min(SHORT, hex.length()));
    }
}
