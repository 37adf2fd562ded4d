package vmlab.image;

/**
 * What is known of a file of an image since it was built.
 *
 * @param size in bytes
 * @param sha256 hexadecimal
 */
public record Artifact(long size, String sha256) {}
