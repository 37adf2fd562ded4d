package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import vmlab.engine.Watch;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Events;
import vmlab.spec.KubevirtCluster;

/** A watch of a lab's running machines and their consoles, and of what its gateway writes: each line is an event. */
public final class ClusterWatch implements Watch {

    private static final int PAUSE = 2;
    private static final String STOPPED = "stopped";

    private final KubernetesClient client;
    private final String namespace;
    private final Events events;
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final SharedIndexInformer<GenericKubernetesResource> machines;
    private final ScheduledExecutorService clock;
    private Instant heard = Instant.now();

    /** {@code consoles}: the file for what each node writes. */
    ClusterWatch(KubernetesClient client, String namespace, Map<String, Path> consoles, Events events) {
        this.client = client;
        this.namespace = namespace;
        this.events = events;
        // Each of them waits for lines, most of the time.
        this.clock = Executors.newScheduledThreadPool(
                1 + consoles.size(), Thread.ofPlatform().daemon().factory());
        this.machines = client.genericKubernetesResources(Kinds.RUNNING)
                .inNamespace(namespace)
                .inform(new Machines());
        clock.scheduleWithFixedDelay(this::listen, 0, PAUSE, TimeUnit.SECONDS);
        consoles.forEach((node, file) -> clock.scheduleWithFixedDelay(
                new ConsoleLog(client, namespace, node, file), 0, PAUSE, TimeUnit.SECONDS));
    }

    /** Begins to watch the lab of {@code folder} in {@code cluster}; empty where it can't be watched. */
    public static Optional<Watch> begin(
            KubevirtCluster cluster, LabFolder folder, Collection<String> nodes, Events events) {
        KubernetesClient client = Clients.of(Optional.of(cluster.context()).filter(it -> !it.isEmpty()));
        try {
            Place network = Place.ofNetwork(Place.plannedNetwork(folder.lab(), Place.FIRST), Settings.of(cluster));
            Map<String, Path> consoles = nodes.stream().collect(Collectors.toMap(node -> node, folder::serialLog));
            return Optional.of(new ClusterWatch(client, network.namespace(), consoles, events));
        } catch (KubernetesClientException unable) {
            client.close();
            return Optional.empty();
        }
    }

    /** Its machines, whose changes of state are told in the words that libvirt has for them. */
    private final class Machines implements ResourceEventHandler<GenericKubernetesResource> {

        @Override
        public void onAdd(GenericKubernetesResource machine) {
            String phase = MachineState.text(machine, "status", "phase");
            // One whose power is cut fails in KubeVirt's eyes, too; an order to stop shows by the object that is being
            // deleted.
            boolean isOrdered = machine.getMetadata().getDeletionTimestamp() != null;
            switch (phase) {
                case "Running" -> tell(machine, "started", "running");
                case "Succeeded" -> tell(machine, STOPPED, "shutdown");
                case "Failed" -> tell(machine, STOPPED, isOrdered ? "destroyed" : "failed");
                default -> {
                    // It is on its way.
                }
            }
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource machine) {
            onAdd(machine);
        }

        @Override
        public void onDelete(GenericKubernetesResource machine, boolean isUnknown) {
            tell(machine, STOPPED, "destroyed");
        }

        private void tell(GenericKubernetesResource machine, String state, String detail) {
            String node = machine.getMetadata().getName();
            if (!state.equals(states.put(node, state))) {
                events.emit(new Event.Lifecycle(Instant.now(), node, state, detail));
            }
        }
    }

    /** Until the pod ends, be it that another takes its place. */
    private void listen() {
        try (LogWatch log = client.pods()
                        .inNamespace(namespace)
                        .withName(GatewayObjects.NAME)
                        .sinceTime(heard.toString())
                        .watchLog();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(log.getOutput(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                EventLog.parse(line).filter(event -> event.at().isAfter(heard)).ifPresent(event -> {
                    heard = event.at();
                    events.emit(event);
                });
            }
        } catch (IOException | KubernetesClientException notNow) {
            // It looks again.
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        machines.close();
        client.close();
    }
}
