package vmlab.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the addresses that nodes ask for are ones that they can have. */
final class AddressRules {

    private AddressRules() {}

    static void check(List<NodeEntry> entries, Network network) {
        Map<String, String> taken = new HashMap<>();
        for (var entry : entries) {
            entry.model().address().ifPresent(address -> {
                var text = address.getHostAddress();
                refusal(entry, text, network)
                        .or(() -> Optional.ofNullable(
                                        taken.putIfAbsent(text, entry.name().orElse("another node")))
                                .map(other -> new InvalidValue(
                                        text + " is the address of " + other, "give each node one of its own")))
                        .ifPresent(refused -> entry.at().problem("address", refused.what(), refused.valid()));
            });
        }
    }

    private static Optional<InvalidValue> refusal(NodeEntry entry, String address, Network network) {
        if (entry.count().isPresent()) {
            return Optional.of(new InvalidValue(
                    "is one address for " + entry.count().get() + " nodes",
                    "remove it, or write the nodes one by one"));
        }
        if (network.cidr().isEmpty()) {
            return Optional.of(new InvalidValue(
                    "belongs to no network that is known", "write network: {cidr: …} beside it, or remove it"));
        }
        var cidr = network.cidr().get();
        var inside = cidr.contains(entry.model().address().orElseThrow());
        var forTheHost = List.of(cidr.host(0), cidr.host(1), cidr.host(-1));
        if (!inside || forTheHost.contains(entry.model().address().orElseThrow())) {
            return Optional.of(new InvalidValue(
                    inside ? address + " is no node's: network, host or broadcast" : address + " is not in " + cidr,
                    "take one from " + cidr.host(2).getHostAddress() + " to "
                            + cidr.host(-2).getHostAddress()));
        }
        return Optional.empty();
    }
}
