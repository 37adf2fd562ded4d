package vmlab.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import vmlab.boot.BootConfig;
import vmlab.change.ChangeNodes;
import vmlab.change.RestartNodes;
import vmlab.change.UncordonNodes;
import vmlab.change.Upgrade;
import vmlab.image.Images;
import vmlab.image.World;
import vmlab.kube.ClusterObjects;
import vmlab.kube.Kubeconfig;
import vmlab.libvirt.Hypervisor;
import vmlab.machine.Calibration;
import vmlab.machine.EmulationSpeed;
import vmlab.make.CheckHost;
import vmlab.make.Checked;
import vmlab.make.Decide;
import vmlab.make.DefineNetwork;
import vmlab.make.EarlyKeys;
import vmlab.make.FetchImages;
import vmlab.make.PowerOnNodes;
import vmlab.make.PrepareNodes;
import vmlab.make.ResolveImage;
import vmlab.make.ServeBoot;
import vmlab.make.Started;
import vmlab.plan.Accelerator;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.power.Down;
import vmlab.power.Start;
import vmlab.power.Stop;
import vmlab.ready.AwaitProvision;
import vmlab.ready.AwaitReady;
import vmlab.ready.AwaitSsh;
import vmlab.ready.ClusterUp;
import vmlab.ready.FetchKubeconfig;
import vmlab.registry.ContainerStore;
import vmlab.registry.WantedImages;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Events;
import vmlab.run.Pipeline;
import vmlab.run.Run;
import vmlab.run.Scope;
import vmlab.site.LabLock;
import vmlab.site.Port;
import vmlab.site.Site;
import vmlab.spec.Cluster;
import vmlab.spec.Network;
import vmlab.spec.Timeouts;
import vmlab.up.Up;

/** The lab {@code killed} of two nodes that boot, in no time, on libvirt's test driver, with all commands about it as they are. */
final class BootingLab implements AutoCloseable {

    /** Made once: they take a second. */
    private static final EarlyKeys KEYS = EarlyKeys.begin(true);

    private final LeapingClock clock = new LeapingClock();
    private final World world;
    private final Path home;
    private final Path file;
    private final Hypervisor hypervisor;
    private final KubernetesMockServer remembering;
    private final KubernetesClient client;
    private final PretendedNodes nodes;
    private final ClusterApi api;
    private final BootServers bootServers;
    private final KilledLab lab;
    private final Path worldSeen;
    private final int sshPort;

    /** The digest of the image that {@link #recipe} makes; empty until somebody asks. */
    private String recipes = "";

    /** Below {@code memory}, with what no lab makes in {@code elsewhere}. */
    BootingLab(Path memory, Path elsewhere) throws Exception {
        this.home = Files.createDirectory(memory.resolve("home"));
        this.worldSeen = Files.createDirectory(memory.resolve("world"));
        this.file = Files.writeString(elsewhere.resolve("cluster.yaml"), "name: killed");
        this.world = new World(worldSeen);
        Files.writeString(other(), Files.readString(recipe()).replace("hostname: node", "hostname: other"));
        // Of its own, for a test beside others: test:///default is one for all that are connected.
        this.hypervisor =
                Hypervisor.connect("test://" + Files.writeString(elsewhere.resolve("node.xml"), "<node></node>"), true);
        Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
        this.remembering = new KubernetesMockServer(
                new Context(), new MockWebServer(), answers, new KubernetesMixedDispatcher(answers), false);
        remembering.init();
        remembering.expect().get().withPath("/readyz").andReturn(200, "ok").always();
        this.client = remembering.createClient();
        client.resource(ClusterObjects.runningPod("kube-system", "coredns")).create();
        try (ServerSocket free = new ServerSocket(0)) {
            this.sshPort = free.getLocalPort();
        }
        this.bootServers = BootServers.onAFreeNetwork(elsewhere.resolve("boot-server"));
        this.lab = new KilledLab(hypervisor, home, remembering.url("/"));
        this.nodes = new PretendedNodes(hypervisor, lab.folder(), client, sshPort);
        InetAddress controller = Plan.of(two(), bootServers.network()).api();
        this.api = new ClusterApi(KEYS.get(), new InetSocketAddress(controller, Port.API), remembering.url("/"));
    }

    private Site site(Points points) {
        return new Site(
                WatchedEngine.of(nodes.engine(), points),
                new WatchedFiles(points).path(home),
                false,
                Calibration.of(EmulationSpeed.unknown("pretended")),
                bootServers.program(),
                sshPort);
    }

    private Images images(Points points) {
        return world.images(new WatchedFiles(points).path(worldSeen));
    }

    private Run run(Points points, Site site) {
        return new Run(
                Events.toAll(List.of(
                        event -> points.at(name(event)),
                        new EventLog(site.folder("killed").events()))),
                clock,
                clock::leap);
    }

    private static String name(Event event) {
        return event.getClass().getSimpleName() + (event instanceof Event.Looked looked ? ": " + looked.what() : "");
    }

    Path recipe() {
        return world.path("recipe.yaml");
    }

    /** The recipe of another image. */
    Path other() {
        return world.path("other.yaml");
    }

    /** The cluster of two, in this lab's place. */
    Cluster two() {
        return Clusters.booting(
                Clusters.withFile(Clusters.ofNodes("killed", 2), file),
                recipe(),
                new Network(Optional.of(bootServers.network()), Network.Mode.NAT, false));
    }

    /** The same, whose worker has another number of processors than the machine that is there. */
    Cluster edited() {
        return workersProcessors(3 - lab.machine("n1").orElseThrow().cpus());
    }

    /** The same, both of whose nodes have another number of processors. */
    Cluster bothEdited() {
        int other = 3 - lab.machine("n1").orElseThrow().cpus();
        return bothProcessors(other);
    }

    /** The same, both of whose nodes have so many processors. */
    Cluster bothProcessors(int other) {
        Cluster two = two();
        return Clusters.withNodes(
                two,
                two.nodes().stream().map(node -> Clusters.withCpus(node, other)).toList());
    }

    /** The same, whose worker has so many processors. */
    Cluster workersProcessors(int other) {
        Cluster two = two();
        return Clusters.withNodes(
                two,
                List.of(two.nodes().getFirst(), Clusters.withCpus(two.nodes().getLast(), other)));
    }

    /** {@code lab up}; begins the lab where there is none. */
    Victim.Command up(Cluster cluster) {
        return points -> {
            Site site = site(points);
            if (site.inventory("killed").domains().isEmpty()) {
                begin(cluster, site, run(points, site));
            } else {
                new Up(
                                site,
                                images(points),
                                new FetchImages(new WantedImages(new ContainerStore(home), Map.of()), false),
                                true,
                                false,
                                true)
                        .run(cluster, run(points, site));
            }
        };
    }

    /** What {@code up} does where nothing is, but for its choice between KVM and TCG: the test driver has neither. */
    private void begin(Cluster cluster, Site site, Run run) throws InterruptedException {
        try (Scope scope = new Scope();
                LabLock lock = LabLock.take(site, "killed")) {
            poweredOn(site, images(what -> {}))
                    .then(new AwaitSsh(site, scope))
                    .then(new AwaitProvision(site))
                    .then(new FetchKubeconfig(site))
                    .then(new AwaitReady(site))
                    .run(cluster, run);
        }
    }

    private static Pipeline<Cluster, Started> poweredOn(Site site, Images images) {
        Pipeline<Cluster, Checked> checked = (input, told) -> {
            Checked found = Pipeline.of(new CheckHost(site, false)).run(input, told);
            return new Checked(found.plan(), Accelerator.PRETENDED, found.found());
        };
        return checked.then(new ResolveImage(site, images))
                .then(new Decide())
                .then(new DefineNetwork(site))
                .then(new PrepareNodes(site, KEYS))
                .then(new ServeBoot(site))
                .then(new PowerOnNodes(site));
    }

    /** What {@code up} does to a lab that is there, without its looks in between; nothing before its changes is told. */
    Victim.Command change(Cluster cluster) {
        return points -> {
            Site site = site(points);
            try (LabLock lock = LabLock.take(site, "killed")) {
                Run run = run(points, site);
                Started found = poweredOn(site(what -> {}), images(what -> {}))
                        .run(cluster, new Run(event -> {}, clock, clock::leap));
                Kubeconfig access = Kubeconfig.read(folder().ownKubeconfig()).at(remembering.url("/"));
                UncordonNodes uncordon = new UncordonNodes(site);
                Pipeline<ClusterUp, ClusterUp> rest = (input, told) -> input;
                rest.thenWhere(ChangeNodes::isNeeded, new ChangeNodes(site))
                        .thenWhere(uncordon::isNeeded, uncordon)
                        .thenWhere(RestartNodes::isNeeded, new RestartNodes(site))
                        .run(new ClusterUp(found, folder().kubeconfig(), access), run);
            }
        };
    }

    /** {@code lab upgrade} of {@code names}. */
    Victim.Command upgrade(Path recipe, String... names) {
        return points -> {
            Site site = site(points);
            new Upgrade(site, images(points), Timeouts.UNSAID).to(recipe, two(), List.of(names), run(points, site));
        };
    }

    Victim.Command start() {
        return points -> {
            Site site = site(points);
            run(points, site).perform(new Start(site), "killed");
        };
    }

    Victim.Command stop() {
        return points -> {
            Site site = site(points);
            run(points, site).perform(new Stop(site, Duration.ofSeconds(10), false), "killed");
        };
    }

    /** {@code lab down}, with which the cluster and all that its API knew is gone. */
    Victim.Command down() {
        return points -> {
            Site site = site(points);
            new Down(site).run("killed", run(points, site));
            client.nodes().delete();
        };
    }

    LabFolder folder() {
        return lab.folder();
    }

    Map<String, String> kept() throws IOException {
        return lab.kept();
    }

    void isGone() throws IOException {
        lab.isGone();
    }

    /** The digest of the image that {@code node} boots. */
    String image(String node) {
        return lab.machine(node).orElseThrow().made().image();
    }

    /** The recipe of the image that the worker boots now. */
    Path current() {
        return wanted().equals(recipe()) ? other() : recipe();
    }

    /** The recipe of an image that the worker does not boot now. */
    Path wanted() {
        if (recipes.isEmpty()) {
            // Nobody upgraded a node yet.
            recipes = image("n0");
        }
        return image("n1").equals(recipes) ? other() : recipe();
    }

    /** All nodes are on, in the cluster and open to pods; what boots them is what they are described to boot. */
    void isReady() throws IOException {
        lab.isUp(2);
        List<Node> known = client.nodes().list().getItems();
        assertThat(known).extracting(node -> node.getMetadata().getName()).containsExactlyInAnyOrder("n0", "n1");
        assertThat(known).allSatisfy(node -> {
            assertThat(node.getSpec().getUnschedulable()).as("cordoned").isNull();
            assertThat(node.getSpec().getTaints()).hasSize(1);
        });
        assertThat(folder().path()).isDirectoryNotContaining("glob:**.cordoned");
        assertThat(BootConfig.read(folder().bootConfig()).clients())
                .allSatisfy(client -> assertThat(client.image()).endsWith(image(client.node())));
        assertThat(ServeBoot.process(folder()).isAlive()).as("the boot server").isTrue();
    }

    @Override
    public void close() {
        ServeBoot.process(folder()).stop();
        nodes.close();
        api.close();
        bootServers.close();
        client.close();
        remembering.destroy();
        hypervisor.close();
    }
}
