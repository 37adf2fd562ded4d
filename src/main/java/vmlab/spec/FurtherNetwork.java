package vmlab.spec;

import java.util.Optional;

/**
 * A network besides the one that nodes boot from: each node on it has one more network card.
 *
 * <pre>{@code
 * networks:
 *   - name: storage
 *     cidr: 10.78.0.0/24   # omitted: the first free one
 *     mode: isolated       # nat | isolated
 * }</pre>
 *
 * @param name unique in the cluster; {@code cp.storage.demo.lab} is a node's name on it
 * @param cidr private, /16 to /28; empty: the first free one is taken
 * @param mode whether it leads to the world
 */
public record FurtherNetwork(String name, Optional<Cidr> cidr, Network.Mode mode) {}
