package vmlab.spec;

import java.math.BigInteger;
import java.net.Inet6Address;

/**
 * An IPv6 network: {@code fd00::/108}.
 *
 * @param network its first address, whose host bits are zero
 * @param prefix 0 to 128
 */
record Cidr6(BigInteger network, int prefix, String text) {

    private static final int BITS = 128;
    private static final String EXAMPLE = "write it like fd00::/108";

    /**
     * Reads {@code fd00::/108}.
     *
     * @throws InvalidValue when it is no network, or has host bits set
     */
    static Cidr6 parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.contains(":") || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            throw new InvalidValue("'" + text + "' is no IPv6 network", EXAMPLE);
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        BigInteger address = address(text.substring(0, slash), text);
        if (prefix > BITS) {
            throw new InvalidValue("'/" + prefix + "' is no prefix of IPv6", EXAMPLE);
        }
        if (address.getLowestSetBit() >= 0 && address.getLowestSetBit() < BITS - prefix) {
            throw new InvalidValue("'" + text + "' is an address in a network", EXAMPLE);
        }
        return new Cidr6(address, prefix, text);
    }

    private static BigInteger address(String literal, String whole) {
        try {
            return new BigInteger(1, Inet6Address.ofLiteral(literal).getAddress());
        } catch (IllegalArgumentException none) {
            throw new InvalidValue("'" + whole + "' is no IPv6 network", EXAMPLE);
        }
    }

    /** Whether an address is in both. */
    boolean overlaps(Cidr6 other) {
        int shift = BITS - Math.min(prefix, other.prefix);
        return network.shiftRight(shift).equals(other.network.shiftRight(shift));
    }

    @Override
    public String toString() {
        return text;
    }
}
