package vmlab.phase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vmlab.host.Accelerator;
import vmlab.host.Hypervisor;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Run;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

/**
 * Writes a cluster.yaml of N nodes and a libvirt that has exactly these, for its test driver ({@code test:///FOLDER/node.xml}): what
 * {@code scripts/bench} measures {@code lab plan}, {@code status} and {@code logs} against, since no machine here carries a hundred nodes.
 */
final class PretendedLabs {

    private PretendedLabs() {}

    /** {@code N RECIPE CACHE FOLDER}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        Path recipe = Path.of(arguments[1]).toAbsolutePath();
        Path folder = Path.of(arguments[3]);
        Path file = Files.writeString(folder.resolve("cluster.yaml"), yaml(count, recipe));
        Cluster cluster = Specs.readCluster(file);
        BootImage image = new Images(Path.of(arguments[2]), false).resolve(recipe, new Run(event -> {}));
        Bootable lab = new Bootable(
                new ChooseNetworks(cluster, Inventory.EMPTY).plan(), Accelerator.PRETENDED, Inventory.EMPTY, image);
        try (Hypervisor pretended = Hypervisor.connect("test:///default")) {
            Site site = new Site(pretended, folder, true);
            StringBuilder node = new StringBuilder("<node>\n");
            node.append(
                    vmlab.host.NetworkXml.of(lab.plan(), lab.mark(lab.plan().network()), "http://x/boot.ipxe", true));
            for (NodePlan each : lab.plan().nodes()) {
                new NodeMachine(site, lab, each).define();
                pretended.domains().start(each.domain());
                node.append(pretended.domains().describe(each.domain()).replaceFirst(" id='[0-9]+'", ""));
            }
            Files.writeString(folder.resolve("node.xml"), node.append("</node>\n"));
            pretendThatTheyBooted(lab.plan(), site.folder(lab.plan().lab()));
        }
    }

    /** What five boots of each node leave: the events of libvirt, DHCP, HTTP and the nodes, and a console. */
    private static void pretendThatTheyBooted(Plan plan, LabFolder folder) throws IOException {
        Files.createDirectories(folder.path());
        EventLog log = new EventLog(folder.events());
        for (NodePlan node : plan.nodes()) {
            String name = node.name();
            for (int boot = 0; boot < 5; boot++) {
                log.emit(new Event.Lifecycle(Instant.now(), name, "started", "booted"));
                log.emit(new Event.Leased(
                        Instant.now(), name, node.mac(), node.address().getHostAddress()));
                for (String file :
                        List.of("/boot.ipxe", "/image/a/vmlinuz", "/image/a/initrd", "/image/a/root.squashfs")) {
                    log.emit(new Event.Served(Instant.now(), name, file, 200, 1 << 20, Duration.ofSeconds(1)));
                }
                for (String said :
                        List.of("pxe", "initrd-network", "root", "init", "network", "state", "sshd", "ready")) {
                    log.emit(new Event.Waiting(Instant.now(), "ssh", name, "SSH", "after " + said));
                    log.emit(new Event.Milestone(Instant.now(), name, said, "as it went", Duration.ofSeconds(20)));
                }
            }
            Files.writeString(
                    folder.serialLog(name), "lab: a line of a console, eighty characters wide\n".repeat(4000));
        }
    }

    private static String yaml(int count, Path recipe) {
        Map<Boolean, String> roles = Map.of(true, "controller+worker", false, "worker");
        return "apiVersion: lab/v1\nname: pretended\nimage: " + recipe + "\nnodes:\n"
                + IntStream.range(0, count)
                        .mapToObj(i -> "  - {name: n" + i + ", role: " + roles.get(i == 0) + ", memory: 2GiB}\n")
                        .collect(Collectors.joining());
    }
}
