package vmlab.plan;

import java.net.Inet6Address;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The IPv6 network of a lab with dual stack: a unique local /64 (RFC 4193). Its 40 bits follow from the lab's name instead of being drawn,
 * so that the same cluster.yaml always means the same addresses.
 *
 * @param start what its addresses begin with: {@code fd12:3456:789a}
 */
public record Ula(String start) {

    /** How many bits all of its addresses share. */
    public static final int PREFIX = 64;

    /** The one that belongs to a lab of this name. */
    public static Ula of(String lab) {
        String bits = HexFormat.of().formatHex(Names.sha256("ula", lab), 0, 5);
        return new Ula("fd%s:%x:%x"
                .formatted(
                        bits.substring(0, 2),
                        Integer.parseInt(bits.substring(2, 6), 16),
                        Integer.parseInt(bits.substring(6), 16)));
    }

    /** Its n-th address as text; 1 is the host's. */
    public String host(int n) {
        return "%s::%x".formatted(start, n);
    }

    /** Whether the address is one of its own. */
    public boolean contains(Inet6Address address) {
        byte[] network = Inet6Address.ofLiteral(start + "::").getAddress();
        return Arrays.equals(network, 0, PREFIX / 8, address.getAddress(), 0, PREFIX / 8);
    }

    @Override
    public String toString() {
        return start + "::/" + PREFIX;
    }
}
