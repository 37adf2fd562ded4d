package vmlab.kubevirt;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import vmlab.engine.DiskSnapshots;
import vmlab.engine.Engine;
import vmlab.engine.Gateways;
import vmlab.engine.Machines;
import vmlab.engine.Networks;
import vmlab.engine.Road;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.run.LabFailure;
import vmlab.spec.Accel;
import vmlab.spec.KubevirtCluster;

/** A cluster with KubeVirt, through one client. */
public final class KubevirtEngine implements Engine {

    /** Before it, interfaces had no state and screenshots no address. */
    private static final int OLDEST_MINOR = 5;

    private static final Duration TO_GO = Duration.ofMinutes(3);

    private final String uri;
    private final KubernetesClient client;
    private final Settings settings;
    private final Installed installed;
    private final KubevirtMachines machines;
    private final GatewayPods gateways;
    private final KubevirtNetworks networks;
    private final Function<String, Road> roads;
    private final Map<String, Road> roadsTaken = new ConcurrentHashMap<>();

    private KubevirtEngine(KubernetesClient client, KubevirtCluster cluster, Publisher publisher) {
        this(client, cluster, publisher, namespace -> GatewayRoad.into(client, namespace));
    }

    /** {@code roads}: into the namespace of a lab. */
    KubevirtEngine(
            KubernetesClient client, KubevirtCluster cluster, Publisher publisher, Function<String, Road> roads) {
        this.client = client;
        this.uri = cluster.in(client.getConfiguration().getCurrentContext().getName())
                .toString();
        this.settings = Settings.of(cluster);
        this.installed = new Installed(client);
        this.machines = new KubevirtMachines(client, settings);
        this.gateways = new GatewayPods(client, settings, publisher);
        this.networks = new KubevirtNetworks(client, settings, gateways, TO_GO);
        this.roads = roads;
    }

    /**
     * Connects, by the user's kubeconfig.
     *
     * @param publisher puts the image of what stands at a lab's gateway address where the cluster can pull it
     */
    public static KubevirtEngine connect(KubevirtCluster cluster, Publisher publisher) {
        Optional<String> context = Optional.of(cluster.context()).filter(it -> !it.isEmpty());
        return new KubevirtEngine(Clients.of(context), cluster, publisher);
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public List<String> versions() {
        return List.of("KubeVirt " + installed.version(), "Kubernetes " + installed.kubernetes());
    }

    @Override
    public void requireVersions(Accelerator accelerator) {
        String version = installed.version();
        String[] parts = version.replaceFirst("^v", "").split("\\.");
        boolean isOld = parts.length > 1
                && parts[0].equals("1")
                && parts[1].matches("[0-9]+")
                && Integer.parseInt(parts[1]) < OLDEST_MINOR;
        if (parts[0].equals("0") || isOld) {
            throw LabFailure.machine(
                    "KubeVirt is too old", "it is " + version + ", and labs need 1." + OLDEST_MINOR, "update it");
        }
    }

    @Override
    public Inventory inventory() {
        return new ClusterInventory(new ClusterApi(client), installed.accelerator()).read();
    }

    @Override
    public Machines machines() {
        return machines;
    }

    @Override
    public Networks networks() {
        return networks;
    }

    @Override
    public Accelerator accelerator(Accel wanted) {
        Accelerator there = installed.accelerator();
        if (wanted != Accel.AUTO && !wanted.name().equals(there.name())) {
            throw LabFailure.input(
                    "accel: " + wanted + " is not for this cluster",
                    there == Accelerator.TCG ? "its KubeVirt emulates" : "its KubeVirt takes KVM",
                    "leave accel out; whoever administers KubeVirt says so for all (useEmulation)");
        }
        return there;
    }

    @Override
    public boolean keepsDisks() {
        return true;
    }

    @Override
    public Optional<DiskSnapshots> diskSnapshots() {
        return Optional.of(new KubevirtSnapshots(new ClusterApi(client), settings));
    }

    @Override
    public Optional<Gateways> gateways() {
        return Optional.of(gateways);
    }

    @Override
    public Road road(String lab) {
        String namespace = Place.ofNetwork(Place.plannedNetwork(lab, Place.FIRST), settings)
                .namespace();
        return roadsTaken.computeIfAbsent(namespace, roads);
    }

    @Override
    public void close() {
        roadsTaken.values().forEach(Road::close);
        machines.close();
        client.close();
    }
}
