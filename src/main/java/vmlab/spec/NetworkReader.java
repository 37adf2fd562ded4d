package vmlab.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code network}. */
final class NetworkReader {

    static final Type<Network.Mode> MODE = Type.oneOf(List.of(Network.Mode.values()));

    private final CidrRules rules;

    private NetworkReader(CidrRules rules) {
        this.rules = rules;
    }

    /** For a cluster of so many nodes. */
    static Type<Network> of(int nodes, Map<String, Object> k0sConfig) {
        return Type.mapping(new NetworkReader(new CidrRules(nodes, k0sConfig))::read);
    }

    private Network read(Fields fields) {
        var network = new Network(
                fields.read("cidr", rules.type()),
                fields.read("mode", MODE).orElse(Network.DEFAULT.mode()),
                fields.read("dualStack", Type.bool()).orElse(false));
        if (network.dualStack() && dualStackOfK0s(rules.k0sConfig()).equals(Optional.of(false))) {
            fields.problem(
                    "dualStack", "is on, and k0s.config.network.dualStack.enabled turns it off", "remove one of them");
        }
        return network;
    }

    /** What {@code k0s.config} says of dual stack, if it does. */
    static Optional<Boolean> dualStackOfK0s(Map<String, Object> k0sConfig) {
        return k0sConfig.get("network") instanceof Map<?, ?> network
                        && network.get("dualStack") instanceof Map<?, ?> dualStack
                        && dualStack.get("enabled") instanceof Boolean enabled
                ? Optional.of(enabled)
                : Optional.empty();
    }
}
