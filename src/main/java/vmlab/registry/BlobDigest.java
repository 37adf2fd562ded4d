package vmlab.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import vmlab.spec.ImageName;

/** What content is addressed by: its SHA-256. */
record BlobDigest(String hex) {

    private static final String ALGORITHM = "sha256:";

    /** Reads {@code sha256:…}; empty for anything else. */
    static Optional<BlobDigest> parse(String text) {
        return text.matches(ImageName.DIGEST)
                ? Optional.of(new BlobDigest(text.substring(ALGORITHM.length())))
                : Optional.empty();
    }

    static BlobDigest of(byte[] content) {
        return new BlobDigest(HexFormat.of().formatHex(sha256().digest(content)));
    }

    static BlobDigest of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream());
        }
    }

    /** Copies everything, and says what it was. */
    static BlobDigest copy(InputStream in, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 17];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
        }
        return new BlobDigest(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return ALGORITHM + hex;
    }
}
