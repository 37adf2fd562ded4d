package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.stream.Stream;

/** What the pods that carry a machine say of an end that is none of its own: with them ends what was to start QEMU. */
record LauncherEnd(KubernetesClient client, Place machine) {

    private static final String CONTAINER = "compute";

    private static final int LAST = 5;

    /** A line that it ended, and its last words; nothing of one that runs, or ended well. */
    Stream<String> lines() {
        return client
                .pods()
                .inNamespace(machine.namespace())
                .withLabel(ConsoleLog.MACHINE, machine.name())
                .list()
                .getItems()
                .stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream()
                        .filter(container -> container.getName().equals(CONTAINER))
                        .flatMap(container -> ended(container.getState()).stream())
                        .flatMap(end -> lines(pod, end)));
    }

    private static Optional<ContainerStateTerminated> ended(ContainerState state) {
        return Optional.ofNullable(state).map(ContainerState::getTerminated).filter(end -> end.getExitCode() != 0);
    }

    private Stream<String> lines(Pod pod, ContainerStateTerminated end) {
        String name = pod.getMetadata().getName();
        String said = client.pods()
                .inNamespace(machine.namespace())
                .withName(name)
                .inContainer(CONTAINER)
                .tailingLines(LAST)
                .getLog();
        return Stream.concat(
                Stream.of(end.getFinishedAt() + " container " + CONTAINER + " of Pod/" + name
                        + " ended with exit status " + end.getExitCode()),
                said.lines().map(line -> CONTAINER + ": " + line));
    }
}
