package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Brings what a machine writes on its serial console into a file, as libvirt has it: a container in the machine's pod writes it out, and ends
 * with the machine.
 */
final class ConsoleLog implements Runnable {

    /** On the pod that carries a machine. */
    static final String MACHINE = "vm.kubevirt.io/name";

    static final String CONTAINER = "guest-console-log";

    private static final int CHUNK = 8192;

    private final KubernetesClient client;
    private final String namespace;
    private final String node;
    private final Path file;
    private Instant heard = Instant.now();

    /** That of {@code node}, from now on: what it wrote before is in the file. */
    ConsoleLog(KubernetesClient client, String namespace, String node, Path file) {
        this.client = client;
        this.namespace = namespace;
        this.node = node;
        this.file = file;
    }

    /** Follows the machine's newest pod until that ends. */
    @Override
    public void run() {
        newest().ifPresent(pod -> {
            try (LogWatch log = client.pods()
                            .inNamespace(namespace)
                            .withName(pod.getMetadata().getName())
                            .inContainer(CONTAINER)
                            .sinceTime(heard.toString())
                            .watchLog();
                    InputStream said = log.getOutput()) {
                byte[] chunk = new byte[CHUNK];
                for (int length = said.read(chunk); length >= 0; length = said.read(chunk)) {
                    heard = Instant.now();
                    append(chunk, length);
                }
            } catch (IOException | KubernetesClientException notNow) {
                // It looks again.
            }
        });
    }

    private Optional<Pod> newest() {
        try {
            return client.pods().inNamespace(namespace).withLabel(MACHINE, node).list().getItems().stream()
                    .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                    .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()));
        } catch (KubernetesClientException notNow) {
            return Optional.empty();
        }
    }

    /** Opened for each: whoever starts the machine anew puts the file aside. */
    private void append(byte[] chunk, int length) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(chunk, 0, length);
        }
    }
}
