package vmlab.registry;

/**
 * An image of the store.
 *
 * @param name in full: {@code docker.io/library/nginx:latest}
 * @param digest of its manifest, {@code sha256:…}
 * @param mediaType of its manifest
 * @param size in bytes, all that it consists of
 * @param onDemand whether a pod's demand brought it, and nobody who meant this very image: then its name may lead to another by now
 */
public record StoredImage(String name, String digest, String mediaType, long size, boolean onDemand) {

    private static final int SHORT = 12;

    /** The same, brought by a pod's demand. */
    StoredImage demanded() {
        return new StoredImage(name, digest, mediaType, size, true);
    }

    /** Enough of the digest for people. */
    public String shortDigest() {
        String hex = digest.substring(digest.indexOf(':') + 1);
        return hex.substring(0, Math.min(SHORT, hex.length()));
    }
}
