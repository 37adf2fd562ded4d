package vmlab.kubevirt;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import vmlab.engine.Engine;
import vmlab.engine.MachineRequest;
import vmlab.engine.Machines;
import vmlab.engine.Networks;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.run.LabFailure;

/** A cluster with KubeVirt, through one client. */
public final class KubevirtEngine implements Engine {

    /** Before it, interfaces had no state and screenshots no address. */
    private static final int OLDEST_MINOR = 5;

    private static final Duration TO_GO = Duration.ofMinutes(3);

    private final KubernetesClient client;
    private final Installed installed;
    private final KubevirtMachines machines;
    private final KubevirtNetworks networks;

    /**
     * Talks through {@code client}, and closes it in the end.
     *
     * @param gatewayImage of what stands at a lab's gateway address
     * @param configuration a machine's files, as a tar
     */
    public KubevirtEngine(
            KubernetesClient client,
            Settings settings,
            String gatewayImage,
            Function<MachineRequest, byte[]> configuration) {
        this.client = client;
        this.installed = new Installed(client);
        this.machines = new KubevirtMachines(client, settings, configuration);
        this.networks = new KubevirtNetworks(client, settings, gatewayImage, TO_GO);
    }

    @Override
    public String uri() {
        return "kubevirt:" + client.getConfiguration().getCurrentContext().getName();
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
    public void close() {
        client.close();
    }
}
