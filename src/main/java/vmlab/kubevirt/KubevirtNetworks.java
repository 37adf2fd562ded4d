package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import vmlab.engine.NetworkRequest;
import vmlab.engine.Networks;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;

/** A lab's namespace, which comes with its first network and goes with it, and the networks in it. */
final class KubevirtNetworks implements Networks {

    private final KubernetesClient client;
    private final ClusterApi api;
    private final Settings settings;
    private final GatewayPods gateways;
    private final Duration limit;

    /** {@code limit}: for a namespace to go with all that is in it. */
    KubevirtNetworks(KubernetesClient client, Settings settings, GatewayPods gateways, Duration limit) {
        this.client = client;
        this.gateways = gateways;
        this.api = new ClusterApi(client);
        this.settings = settings;
        this.limit = limit;
    }

    /** With the first one comes the lab's namespace, and what its gateway is to answer. */
    @Override
    public void define(NetworkRequest wanted) {
        if (wanted.isFirst()) {
            makeNamespace(Place.ofNetwork(wanted.network().name(), settings).namespace(), wanted.mark());
        }
        api.apply(NetworkObject.of(wanted, settings), wanted.mark());
        if (wanted.isFirst()) {
            api.apply(GatewayObjects.account(wanted, settings), wanted.mark());
            api.apply(GatewayObjects.settings(wanted, settings), wanted.mark());
        }
    }

    /** A network is there as soon as a machine is on it; what is started is the first one's gateway, once it knows what to serve. */
    @Override
    public void start(String name) {
        Place place = Place.ofNetwork(name, settings);
        if (place.name().equals(Place.FIRST)) {
            gateways.start(place);
        }
    }

    @Override
    public void stop(String name) {
        Place place = Place.ofNetwork(name, settings);
        if (place.name().equals(Place.FIRST)) {
            gateways.stop(place);
        }
    }

    private void makeNamespace(String name, Mark mark) {
        Namespace wanted = new NamespaceBuilder()
                .withMetadata(Signs.on(mark, null, name).build())
                .build();
        api.make(wanted, mark);
        Namespace there = ClusterErrors.call(
                "look at namespace " + name,
                () -> client.namespaces().withName(name).get());
        if (there != null && there.getMetadata().getDeletionTimestamp() != null) {
            throw LabFailure.lab(
                    "namespace " + name + " is being deleted",
                    leftIn(there),
                    "wait until it is gone: kubectl get ns " + name);
        }
    }

    /** With the first one go the namespace and all that is in it; it is waited for. */
    @Override
    public void remove(String name) {
        Place place = Place.ofNetwork(name, settings);
        ClusterApi.remove(api.at(Kinds.NETWORK, place));
        if (place.name().equals(Place.FIRST)) {
            removeNamespace(place.namespace());
        }
    }

    private void removeNamespace(String name) {
        var there = client.namespaces().withName(name);
        if (!ClusterApi.remove(there)) {
            return;
        }
        try {
            there.waitUntilCondition(Objects::isNull, limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException error) {
            Namespace left = ClusterErrors.call("look at namespace " + name, there::get);
            throw LabFailure.lab(
                            "namespace " + name + " did not go within " + limit.toSeconds() + " s",
                            left == null ? "it went just now" : leftIn(left),
                            "see what holds it: kubectl get ns " + name + " -o yaml; then lab down again")
                    .causedBy(error);
        } catch (KubernetesClientException error) {
            throw ClusterErrors.failure("say when namespace " + name + " is gone", error);
        }
    }

    /** What Kubernetes says is left in a namespace that goes. */
    private static String leftIn(Namespace namespace) {
        if (namespace.getStatus() == null || namespace.getStatus().getConditions() == null) {
            return "Kubernetes says nothing of what is left in it";
        }
        String left = namespace.getStatus().getConditions().stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> condition.getMessage())
                .collect(Collectors.joining("; "));
        return left.isEmpty() ? "Kubernetes says nothing of what is left in it" : left;
    }

    @Override
    public String describe(String name) {
        return api.find(Kinds.NETWORK, Place.ofNetwork(name, settings))
                .map(Serialization::asYaml)
                .orElse("");
    }

    @Override
    public void admit(Plan plan, NodePlan node) {
        node.nics()
                .forEach(nic ->
                        note(nic.network().name(), node.name(), nic.address().getHostAddress()));
        note(plan.network().name(), node.name(), node.address().getHostAddress());
        tellGateway(
                plan.network().name(),
                files -> files.put(GatewayObjects.file(node.name()), DnsmasqConf.of(node, plan.network())));
    }

    @Override
    public void forget(String network, String node) {
        note(network, node, "");
        if (Place.ofNetwork(network, settings).name().equals(Place.FIRST)) {
            tellGateway(network, files -> files.remove(GatewayObjects.file(node)));
        }
    }

    private void note(String network, String node, String address) {
        Place place = Place.ofNetwork(network, settings);
        ClusterErrors.call("note the addresses of " + place.name(), () -> api.at(Kinds.NETWORK, place)
                .edit(found -> NetworkObject.with(found, node, address)));
    }

    private void tellGateway(String network, Consumer<Map<String, String>> change) {
        Place place = Place.ofNetwork(network, settings);
        gateways.tell(place, map -> change.accept(map.getData()));
        gateways.start(place);
    }

    @Override
    public String description(String name) {
        throw KubevirtMachines.keepsNoMemory();
    }

    @Override
    public void defineCopy(String description, Mark mark) {
        throw KubevirtMachines.keepsNoMemory();
    }
}
