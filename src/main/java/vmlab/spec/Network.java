package vmlab.spec;

import java.util.Locale;
import java.util.Optional;

/**
 * The network between the nodes: the one that they boot from, and that their default route leads to.
 *
 * <pre>{@code
 * network:
 *   cidr: 10.77.0.0/24   # omitted: the first free one
 *   mode: nat            # nat | isolated
 *   dualStack: true      # IPv6 beside IPv4, for nodes, pods and services; false
 * }</pre>
 *
 * @param cidr private, /16 to /28; empty: the first free one is taken
 * @param mode whether the nodes reach the world
 * @param dualStack whether there is IPv6 as well; its prefix follows from the lab's name
 */
public record Network(Optional<Cidr> cidr, Mode mode, boolean dualStack) {

    /** What stands when the file says nothing. */
    public static final Network DEFAULT = new Network(Optional.empty(), Mode.NAT, false);

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
