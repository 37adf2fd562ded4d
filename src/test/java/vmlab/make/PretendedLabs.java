package vmlab.make;

import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.NodeListBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vmlab.engine.NetworkRequest;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.kube.ClusterKeys;
import vmlab.kube.ClusterObjects;
import vmlab.kube.ClusterTls;
import vmlab.libvirt.Hypervisor;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.NetworkPlan;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Run;
import vmlab.site.Identity;
import vmlab.site.Site;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

/**
 * Writes a cluster.yaml of N nodes and a libvirt that has exactly these, for its test driver ({@code test:///FOLDER/node.xml}), and answers
 * for that lab's boot server and its API until it is ended: what {@code scripts/bench} measures {@code status}, {@code logs}, and a
 * {@code plan} and an {@code up} that find nothing to do against, since no machine here carries a hundred nodes.
 */
final class PretendedLabs {

    private PretendedLabs() {}

    /** {@code N RECIPE CACHE FOLDER/labs/pretended/boot.json}: the lab's home is FOLDER; by the file, lab knows its boot server. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        Path recipe = Path.of(arguments[1]).toAbsolutePath();
        LabFolder lab = new LabFolder(Path.of(arguments[3]).getParent());
        Path home = lab.path().getParent().getParent();
        Cluster cluster = Specs.readCluster(Files.writeString(home.resolve("cluster.yaml"), yaml(count, recipe)));
        BootImage image = new Images(Path.of(arguments[2]), false).resolve(recipe, new Run(event -> {}));
        Bootable bootable = new Bootable(
                new ChooseNetworks(cluster, Inventory.EMPTY).plan(), Accelerator.PRETENDED, Inventory.EMPTY, image);
        try (Hypervisor pretended = Hypervisor.connect("test:///default", true)) {
            Site site = new Site(pretended, home, false);
            Files.writeString(home.resolve("node.xml"), machines(site, bootable));
            Files.createDirectories(lab.path());
            // Whoever looks finds them in a libvirt that is described by that file.
            Identity made = site.identity(bootable.plan().lab()).orElseThrow();
            new Identity(made.name(), made.id(), made.home(), "test://" + home.resolve("node.xml"), made.created())
                    .write(lab);
            new ServeBoot(site).config(bootable, lab).write(lab.bootConfig());
        }
        pretendThatTheyBooted(bootable.plan(), lab);
        serveApi(lab, bootable.plan());
        Files.writeString(lab.bootPid(), ProcessHandle.current().pid() + "\n");
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private static String machines(Site site, Bootable lab) throws InterruptedException {
        StringBuilder node = new StringBuilder("<node>\n");
        NetworkPlan network = lab.plan().network();
        site.engine()
                .networks()
                .define(new NetworkRequest(
                        lab.plan(),
                        network,
                        site.mark(lab.plan().lab(), "", network.hash()),
                        site.folder(lab.plan().lab()).tftp(),
                        "http://x/boot.ipxe"));
        node.append(site.engine().networks().describe(network.name()));
        for (NodePlan each : lab.plan().nodes()) {
            new NodeMachine(site, lab, each).define();
            site.engine().machines().start(each.domain());
            node.append(site.engine().machines().describe(each.domain()).replaceFirst(" id='[0-9]+'", ""));
        }
        return node.append("</node>\n").toString();
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

    /** An API that knows all nodes as Ready, and the kubeconfigs that lead to it. */
    private static void serveApi(LabFolder lab, Plan plan) throws Exception {
        ClusterKeys keys = ClusterKeys.create();
        HttpsServer server = ClusterTls.server(keys);
        byte[] nodes = Serialization.asJson(new NodeListBuilder()
                        .withItems(plan.nodes().stream()
                                .map(node -> ClusterObjects.readyNode(node.name()))
                                .toList())
                        .build())
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/api/v1/nodes", exchange -> {
            exchange.sendResponseHeaders(200, nodes.length);
            exchange.getResponseBody().write(nodes);
            exchange.close();
        });
        server.start();
        for (Path file : List.of(lab.kubeconfig(), lab.ownKubeconfig())) {
            keys.adminKubeconfig(plan.lab(), ClusterTls.url(server)).write(file);
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
