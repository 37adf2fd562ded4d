package vmlab.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;
import vmlab.spec.InvalidValue;

/** Everything of ours in a cluster, in two questions however many labs there are. What does not carry a whole mark is somebody else's. */
record ClusterInventory(ClusterApi api, Accelerator accelerator) {

    Inventory read() {
        return new Inventory(
                api.ours(Kinds.NETWORK).stream()
                        .flatMap(each -> network(each).stream())
                        .toList(),
                api.ours(Kinds.MACHINE).stream()
                        .flatMap(each -> machine(each).stream())
                        .toList());
    }

    private static Optional<NetworkFound> network(GenericKubernetesResource found) {
        JsonNode facts = NetworkObject.facts(found);
        Map<String, String> addresses = new LinkedHashMap<>();
        facts.path("addresses")
                .properties()
                .forEach(each -> addresses.put(each.getKey(), each.getValue().asText()));
        try {
            Cidr cidr = Cidr.parse(facts.path("cidr").asText());
            return Signs.mark(found)
                    .map(mark -> new NetworkFound(
                            Place.plannedNetwork(mark.lab(), found.getMetadata().getName()),
                            mark,
                            true,
                            cidr,
                            addresses,
                            facts.path("bootPort").asInt()));
        } catch (InvalidValue others) {
            return Optional.empty();
        }
    }

    private Optional<DomainFound> machine(GenericKubernetesResource found) {
        return Signs.mark(found)
                .filter(mark -> !mark.node().isEmpty())
                .map(mark -> new DomainFound(
                        Place.plannedMachine(mark.lab(), mark.node()),
                        mark,
                        Signs.made(found),
                        MachineState.isRunning(found),
                        MachineState.of(found),
                        new Bytes(number(found, "spec", "template", "spec", "domain", "memory", "guest")),
                        (int) number(found, "spec", "template", "spec", "domain", "cpu", "sockets"),
                        accelerator));
    }

    private static long number(GenericKubernetesResource found, Object... path) {
        String text = MachineState.text(found, path);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
