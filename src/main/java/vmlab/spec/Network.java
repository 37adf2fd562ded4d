package vmlab.spec;

import java.util.Locale;
import java.util.Optional;

/**
 * The network between the nodes.
 *
 * <pre>{@code
 * network:
 *   cidr: 10.77.0.0/24   # omitted: the first free one
 *   mode: nat            # nat | isolated
 * }</pre>
 *
 * @param cidr private, /16 to /28; empty: the first free one is taken
 * @param mode whether the nodes reach the world
 */
public record Network(Optional<Cidr> cidr, Mode mode) {

    /** What stands when the file says nothing. */
    public static final Network DEFAULT = new Network(Optional.empty(), Mode.NAT);

    /** Whether the nodes reach the world. */
    public enum Mode {
        /** Through the host's own address. */
        NAT,
        /** Only each other and the host. */
        ISOLATED;

        /** As the YAML has it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
