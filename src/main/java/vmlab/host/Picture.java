package vmlab.host;

/** What a machine's display shows; {@code ending} is that of a file of its kind, {@code ppm} or {@code png}. */
public record Picture(String ending, byte[] bytes) {}
