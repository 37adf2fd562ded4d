package vmlab.make;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vmlab.boot.BootConfig;
import vmlab.net.Door;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.spec.Forwarding;

/**
 * Refuses a lab whose ports of this machine's loopback are another's, before anything is made or switched on.
 *
 * @param inside whether this is said within the embedded host, whose door leads to the user's loopback
 */
public record CheckPorts(Path home, boolean inside) {

    /** Looks at those of {@code lab} that it does not hold already. */
    public void run(String lab, List<Forwarding> ports) {
        LabFolder folder = LabFolder.of(home, lab);
        Set<String> held = new HashSet<>();
        if (Files.exists(folder.bootConfig()) && ServeBoot.process(folder).isAlive()) {
            held.addAll(BootConfig.read(folder.bootConfig()).ports());
        }
        List<String> busy = new ArrayList<>();
        for (Forwarding port : ports) {
            if (held.stream().noneMatch(it -> it.startsWith(port.here() + ":"))) {
                try {
                    take(folder, port.here());
                } catch (IOException taken) {
                    busy.add(port + ": "
                            + holder(port.here())
                                    .map(other -> "lab " + other + " forwards it already")
                                    .orElse(String.valueOf(taken.getMessage())));
                }
            }
        }
        if (!busy.isEmpty()) {
            throw LabFailure.input(
                    "ports of this machine's loopback that lab " + lab + " forwards can't be had",
                    String.join("\n", busy),
                    "see who listens there: ss -ltnp; or take other ports in cluster.yaml, under ports:, for lab up");
        }
    }

    /** Another lab of this home that has it. */
    private Optional<String> holder(int port) {
        try (Stream<Path> all = Files.list(home.resolve("labs"))) {
            return all.map(LabFolder::new)
                    .filter(folder -> Files.exists(folder.bootConfig()))
                    .filter(folder -> BootConfig.read(folder.bootConfig()).ports().stream()
                            .anyMatch(it -> it.startsWith(port + ":")))
                    .filter(folder -> ServeBoot.process(folder).isAlive())
                    .map(LabFolder::lab)
                    .findFirst();
        } catch (IOException | UncheckedIOException unknown) {
            return Optional.empty();
        }
    }

    /** Takes the port where the user has it, and gives it back. */
    private void take(LabFolder folder, int port) throws IOException {
        if (inside) {
            Door.hold(Door.socket(home), port, folder.path()).close();
        } else {
            new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1")).close();
        }
    }
}
