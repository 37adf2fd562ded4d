package vmlab.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** What things of a lab are called in libvirt and on the wire: always the same for the same lab and node. */
final class Names {

    private Names() {}

    static String network(String lab) {
        return "lab-" + lab;
    }

    /** A further network; names of labs have no dot, so no two labs' networks are called the same. */
    static String network(String lab, String network) {
        return "lab-" + lab + "." + network;
    }

    /** Also with a dot: lab {@code a} with node {@code b-c} and lab {@code a-b} with node {@code c} are two. */
    static String domain(String lab, String node) {
        return "lab-" + lab + "." + node;
    }

    /** A bridge's name has at most 15 characters (IFNAMSIZ), so it carries a digest of the lab's. */
    static String bridge(String lab) {
        return "labbr" + HexFormat.of().formatHex(sha256("bridge", lab), 0, 4);
    }

    /** A MAC address in QEMU's own range, 52:54:00. */
    static String mac(String lab, String node) {
        return "52:54:00:" + HexFormat.ofDelimiter(":").formatHex(sha256("mac", lab, node), 0, 3);
    }

    /** The same for a card besides the first. */
    static String mac(String lab, String node, String network) {
        return "52:54:00:" + HexFormat.ofDelimiter(":").formatHex(sha256("mac", lab, node, network), 0, 3);
    }

    /** A name-based UUID (version 8, RFC 9562: made our own way). */
    static UUID uuid(String kind, String lab, String node) {
        ByteBuffer bytes = ByteBuffer.wrap(sha256("uuid", kind, lab, node));
        long high = bytes.getLong() & ~0xF000L | 0x8000L;
        long low = bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** SHA-256 over the parts, each ended by a zero byte, so that ("ab", "c") and ("a", "bc") differ. */
    static byte[] sha256(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
