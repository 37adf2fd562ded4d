package vmlab.phase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vmlab.host.Accelerator;
import vmlab.host.Hypervisor;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.plan.Inventory;
import vmlab.plan.NodePlan;
import vmlab.run.Run;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

/**
 * Writes a cluster.yaml of N nodes and a libvirt that has exactly these, for its test driver ({@code test:///FOLDER/node.xml}): what
 * {@code scripts/bench} measures {@code lab plan} against, since no machine here carries a hundred nodes.
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
