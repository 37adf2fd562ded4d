package vmlab.phase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.ssh.KeyFiles;
import vmlab.ssh.PublicKeys;

/** The known_hosts file of a lab: the host keys that lab made, so that ssh never has to ask. */
final class KnownHosts {

    private KnownHosts() {}

    static void write(Plan plan, LabFolder folder) {
        try {
            Files.writeString(
                    folder.knownHosts(),
                    plan.nodes().stream()
                            .map(node -> PublicKeys.knownHostsLine(
                                    node.address().getHostAddress(),
                                    KeyFiles.read(folder.hostKey(node.name())).publicKey()))
                            .collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
