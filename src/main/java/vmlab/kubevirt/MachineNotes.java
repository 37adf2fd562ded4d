package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.run.LabFailure;

/** What a cluster says of a machine: what keeps it from running, how its pod ended, and the events of the machine, its pod, its disk and the lab's gateway. */
record MachineNotes(ClusterApi api, Place machine) {

    /** Of a pod that carries a machine; a few letters follow. */
    private static final String LAUNCHER = "virt-launcher-";

    private static final int MOST = 40;

    /** A line each, the latest last. */
    List<String> read() {
        try {
            Stream<String> trouble = api.find(Kinds.MACHINE, machine).map(MachineState::trouble).stream()
                    .filter(line -> !line.isEmpty())
                    .map(line -> "now: " + line);
            List<Event> events = api.client().v1().events().inNamespace(machine.namespace()).list().getItems().stream()
                    .filter(this::isAbout)
                    .sorted(Comparator.comparing(MachineNotes::at))
                    .toList();
            return Stream.of(
                            events.subList(Math.max(0, events.size() - MOST), events.size()).stream()
                                    .map(MachineNotes::line),
                            new LauncherEnd(api.client(), machine).lines(),
                            trouble)
                    .flatMap(lines -> lines)
                    .toList();
        } catch (KubernetesClientException | LabFailure silent) {
            return List.of("the cluster does not say: " + silent.getMessage());
        }
    }

    private boolean isAbout(Event event) {
        String name = event.getInvolvedObject().getName();
        return name.equals(machine.name())
                || name.equals(machine.with(DiskObjects.STATE))
                || name.equals(GatewayObjects.NAME)
                || name.matches(LAUNCHER + machine.name() + "-[a-z0-9]+");
    }

    private static String at(Event event) {
        return Stream.of(
                        Optional.ofNullable(event.getLastTimestamp()),
                        Optional.ofNullable(event.getEventTime()).map(time -> time.getTime()),
                        Optional.ofNullable(event.getMetadata().getCreationTimestamp()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    private static String line(Event event) {
        return "%s %s %s %s/%s: %s"
                .formatted(
                        at(event),
                        event.getType(),
                        event.getReason(),
                        event.getInvolvedObject().getKind(),
                        event.getInvolvedObject().getName(),
                        String.valueOf(event.getMessage()).replace('\n', ' '));
    }
}
