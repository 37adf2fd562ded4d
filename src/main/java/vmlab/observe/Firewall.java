package vmlab.observe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.engine.Requirement;
import vmlab.plan.Plan;
import vmlab.run.Environment;
import vmlab.run.Program;

/**
 * The firewall that libvirt knows, firewalld: it puts the bridges of networks into a zone {@code libvirt}, from which nothing reaches this
 * machine but DHCP, DNS, TFTP and SSH. Nodes want the boot server, and with several controllers the API's ports too.
 */
record Firewall(Path command) {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String ZONE = "--zone=libvirt";

    /** The one that this machine may have. */
    static Firewall installed() {
        return new Firewall(Path.of("firewall-cmd"));
    }

    /** What it lets through; empty where none runs, or it does not say. */
    Optional<Requirement> look() throws InterruptedException {
        if (exit("--state") != 0) {
            return Optional.empty();
        }
        return switch (exit(ZONE, "--query-port=" + Plan.BOOT_PORT + "/tcp")) {
            case 0 -> Optional.of(new Requirement("firewall", true, "firewalld lets nodes reach the boot server", ""));
            case 1 ->
                Optional.of(new Requirement(
                        "firewall",
                        false,
                        "firewalld keeps nodes from the boot server: its zone libvirt has no port " + Plan.BOOT_PORT,
                        cure()));
            default -> Optional.empty();
        };
    }

    private static String cure() {
        String ports = " --add-port=%s-%s/tcp --add-port=%s/tcp --add-port=%s/tcp"
                .formatted(Plan.BOOT_PORT, Plan.BOOT_PORT + 10, Plan.API_PORT, Plan.CONTROL_API_PORT);
        return "as root: firewall-cmd --permanent " + ZONE + ports + " && firewall-cmd --reload";
    }

    /** What the command ends with; -1 where there is none. */
    private int exit(String... words) throws InterruptedException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(words));
        try {
            return new Program(Environment.process(line), LIMIT).run().exit();
        } catch (IOException none) {
            return -1;
        }
    }
}
