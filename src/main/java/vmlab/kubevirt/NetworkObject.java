package vmlab.kubevirt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import vmlab.engine.NetworkRequest;
import vmlab.plan.NetworkPlan;
import vmlab.plan.NodePlan;

/**
 * One of a lab's networks as Multus wants it described (NetworkAttachmentDefinition). It has no IPAM: so the addresses are those that DHCP
 * on it gives, ours, and KubeVirt does not answer in its place.
 */
final class NetworkObject {

    /** What a network knows of itself besides its mark; Kubernetes has no place for it. */
    static final String FACTS = "lab.k0s/network";

    private static final JsonMapper JSON = new JsonMapper();

    private NetworkObject() {}

    /** What machines are plugged into: the lab's own definition, or, for the first network, the one that was given. */
    static String attachment(NetworkPlan network, Settings settings) {
        return network.label().isEmpty()
                ? settings.network().orElse(Place.FIRST)
                : Place.ofNetwork(network.name(), settings).name();
    }

    static GenericKubernetesResource of(NetworkRequest wanted, Settings settings) {
        NetworkPlan network = wanted.network();
        Place place = Place.ofNetwork(network.name(), settings);
        ObjectNode root = JSON.createObjectNode();
        root.put("apiVersion", Kinds.apiVersion(Kinds.NETWORK)).put("kind", Kinds.NETWORK.getKind());
        ObjectNode metadata =
                root.putObject("metadata").put("namespace", place.namespace()).put("name", place.name());
        metadata.set("labels", JSON.valueToTree(Signs.labels(wanted.mark())));
        ObjectNode annotations = JSON.valueToTree(Signs.annotations(wanted.mark()));
        metadata.set("annotations", annotations.put(FACTS, facts(wanted).toString()));
        root.putObject("spec").put("config", bridge(network).toString());
        return JSON.convertValue(root, GenericKubernetesResource.class);
    }

    /** The bridge plugin's settings; it leaves the machine's end to the machine. */
    private static ObjectNode bridge(NetworkPlan network) {
        return JSON.createObjectNode()
                .put("cniVersion", "0.3.1")
                .put("type", "bridge")
                .put("bridge", network.bridge())
                .put("disableContainerInterface", true);
    }

    private static ObjectNode facts(NetworkRequest wanted) {
        NetworkPlan network = wanted.network();
        ObjectNode facts = JSON.createObjectNode()
                .put("cidr", network.cidr().toString())
                .put(
                        "gateway",
                        network.gateway().getHostAddress() + "/"
                                + network.cidr().prefix())
                .put("bootPort", network.bootPort());
        ObjectNode addresses = facts.putObject("addresses");
        for (NodePlan node : wanted.plan().nodes()) {
            if (wanted.isFirst()) {
                addresses.put(node.name(), node.address().getHostAddress());
            }
            node.nics().stream()
                    .filter(nic -> nic.network().equals(network))
                    .forEach(nic -> addresses.put(node.name(), nic.address().getHostAddress()));
        }
        return facts;
    }

    /** The address of a network's gateway, with the prefix. */
    static String gateway(GenericKubernetesResource network) {
        return facts(network).path("gateway").asText();
    }

    /** What a network knows of itself; empty where somebody wrote something else there. */
    static JsonNode facts(GenericKubernetesResource network) {
        try {
            return JSON.readTree(network.getMetadata().getAnnotations().getOrDefault(FACTS, "{}"));
        } catch (JsonProcessingException others) {
            return JSON.createObjectNode();
        }
    }

    /** The same network, on which {@code node} has that address; on an empty one it has none. */
    static GenericKubernetesResource with(GenericKubernetesResource network, String node, String address) {
        ObjectNode facts = facts(network).deepCopy();
        ObjectNode addresses = facts.withObject("/addresses");
        if (address.isEmpty()) {
            addresses.remove(node);
        } else {
            addresses.put(node, address);
        }
        network.setMetadata(new ObjectMetaBuilder(network.getMetadata())
                .addToAnnotations(FACTS, facts.toString())
                .build());
        return network;
    }
}
