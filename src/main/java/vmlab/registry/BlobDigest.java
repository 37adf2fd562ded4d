package vmlab.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import vmlab.run.Sha256;
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
        return new BlobDigest(HexFormat.of().formatHex(Sha256.begin().digest(content)));
    }

    static BlobDigest of(Path file) throws IOException {
        return new BlobDigest(Sha256.of(file));
    }

    /** Copies everything, and says what it was. */
    static BlobDigest copy(InputStream in, OutputStream out) throws IOException {
        return new BlobDigest(Sha256.copy(in, out));
    }

    @Override
    public String toString() {
        return ALGORITHM + hex;
    }
}
