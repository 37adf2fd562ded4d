package vmlab.plan;

import java.util.HexFormat;

/** A short name for something longer: as much of its SHA-256 as tells it from all others. */
public final class Digest {

    private Digest() {}

    /** The first {@code bytes} bytes over the parts, each ended by a zero byte, in hex. */
    public static String of(int bytes, String... parts) {
        return HexFormat.of().formatHex(Names.sha256(parts), 0, bytes);
    }
}
