package vmlab.spec;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An IPv4 network: {@code 10.77.0.0/24}.
 *
 * @param network its first address, whose host bits are zero
 * @param prefix 0 to 32
 */
public record Cidr(Inet4Address network, int prefix) {

    private static final String OCTET = "(0|[1-9][0-9]{0,2})";
    private static final Pattern SYNTAX =
            Pattern.compile("(" + OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET + ")/([0-9]{1,2})");
    private static final String EXAMPLE = "write it like 10.77.0.0/24";

    /** Refuses a prefix out of range, and host bits. */
    public Cidr {
        if (prefix < 0 || prefix > 32) {
            throw new InvalidValue("'/" + prefix + "' is no prefix of IPv4", EXAMPLE);
        }
        var first = number(network) & mask(prefix);
        if (first != number(network)) {
            throw new InvalidValue(
                    "'" + network.getHostAddress() + "/" + prefix + "' is an address in a network",
                    "did you mean the network " + address(first).getHostAddress() + "/" + prefix + "?");
        }
    }

    /**
     * Reads {@code 10.77.0.0/24}.
     *
     * @throws InvalidValue when it is no network, or has host bits set
     */
    public static Cidr parse(String text) {
        var match = SYNTAX.matcher(text);
        if (!match.matches()) {
            throw new InvalidValue("'" + text + "' is no IPv4 network", EXAMPLE);
        }
        for (int octet = 2; octet <= 5; octet++) {
            if (Integer.parseInt(match.group(octet)) > 255) {
                throw new InvalidValue("'" + text + "' has a part over 255", EXAMPLE);
            }
        }
        return new Cidr(Inet4Address.ofLiteral(match.group(1)), Integer.parseInt(match.group(6)));
    }

    /**
     * Reads an address: {@code 10.77.0.11}.
     *
     * @throws InvalidValue when it is none
     */
    public static Inet4Address parseAddress(String text) {
        try {
            return parse(text + "/32").network();
        } catch (InvalidValue e) {
            throw new InvalidValue("'" + text + "' is no IPv4 address", "write it like 10.77.0.11");
        }
    }

    /** The network of this prefix that an address lies in. */
    public static Cidr around(Inet4Address inside, int prefix) {
        return new Cidr(address(number(inside) & mask(prefix)), prefix);
    }

    /** How many addresses it has, its own and the broadcast address included. */
    public long size() {
        return 1L << (32 - prefix);
    }

    /**
     * Its n-th address: 0 is the network, 1 usually the gateway, -1 the last one (broadcast).
     *
     * @throws IllegalArgumentException when n is outside
     */
    public Inet4Address host(int n) {
        var offset = n < 0 ? size() + n : n;
        if (offset < 0 || offset >= size()) {
            throw new IllegalArgumentException(this + " has no address number " + n);
        }
        return address(number(network) + offset);
    }

    /** Which of its addresses this is; the other way round from {@link #host}. */
    public int indexOf(Inet4Address inside) {
        return (int) (number(inside) - number(network));
    }

    /** The mask in dots: {@code 255.255.255.0}. */
    public String netmask() {
        return address(mask(prefix)).getHostAddress();
    }

    /** Whether the address is one of its own. */
    public boolean contains(Inet4Address address) {
        return (number(address) & mask(prefix)) == number(network);
    }

    /** Whether the other lies wholly within. */
    public boolean contains(Cidr other) {
        return other.prefix >= prefix && contains(other.network);
    }

    /** Whether any address is in both. */
    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }

    private static long mask(int prefix) {
        return 0xFFFF_FFFFL << (32 - prefix) & 0xFFFF_FFFFL;
    }

    private static long number(Inet4Address address) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(address.getAddress()).getInt());
    }

    private static Inet4Address address(long number) {
        var octets = ByteBuffer.allocate(Integer.BYTES).putInt((int) number).array();
        return Inet4Address.ofLiteral(String.format(
                Locale.ROOT, "%d.%d.%d.%d", octets[0] & 0xFF, octets[1] & 0xFF, octets[2] & 0xFF, octets[3] & 0xFF));
    }
}
