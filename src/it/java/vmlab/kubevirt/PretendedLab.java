package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vmlab.boot.BootConfig;
import vmlab.engine.Engine;
import vmlab.engine.Road;
import vmlab.image.World;
import vmlab.kill.ClusterApi;
import vmlab.kill.PretendedNodes;
import vmlab.kube.ClusterKeys;
import vmlab.kube.ClusterObjects;
import vmlab.machine.Calibration;
import vmlab.machine.EmulationSpeed;
import vmlab.make.FetchImages;
import vmlab.net.ConnectProxy;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.LabFolder;
import vmlab.registry.ContainerStore;
import vmlab.registry.WantedImages;
import vmlab.run.EventLog;
import vmlab.run.Executable;
import vmlab.run.Run;
import vmlab.site.Port;
import vmlab.site.Site;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.KubevirtCluster;
import vmlab.spec.Network;
import vmlab.spec.Specs;
import vmlab.up.LabUp;
import vmlab.up.Up;

/**
 * A lab in a cluster: a real API server with the real schemas, where what KubeVirt and kubelets would write is pretended; the nodes are sshds
 * and an API on the loopback, reached by nothing but a proxy as the gateway has it.
 */
final class PretendedLab implements AutoCloseable {

    static final String LAB = "killed";
    static final String NAMESPACE = "lab-killed";

    /** In the place of lab's own process, which would connect to the cluster for itself. */
    private static final String STANDS_BY = """
            for config; do :; done
            echo 6443 >"${config%/*}/api.port"
            while [ -e "$config" ]; do sleep 0.2; done
            """;

    private final Path folder;

    /** The lab's own API. */
    private final KubernetesMockServer remembering;

    private final KubernetesClient remembered;

    /** What befalls a command before it calls the engine. */
    private Consumer<String> atCall = call -> {};

    private final RealApi real;
    private final KubernetesClient client;
    private final World world;
    private final ConnectProxy proxy;
    private final Engine engine;
    private final PretendedNodes nodes;
    private final Site site;
    private @Nullable ClusterApi api;

    /** Everything of it, in {@code folder}. */
    PretendedLab(Path folder) throws Exception {
        this.folder = folder;
        real = RealApi.start(Files.createDirectory(folder.resolve("real")));
        real.install(RealApi.definitions().orElseThrow());
        client = real.client();
        RealApi.giveAll(client);
        client.resource(Rights.role()).serverSideApply();
        client.resource(RealApi.BINDING).serverSideApply();
        Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
        remembering = new KubernetesMockServer(
                new Context(), new MockWebServer(), answers, new KubernetesMixedDispatcher(answers), false);
        remembering.init();
        remembered = remembering.createClient();
        remembering.expect().get().withPath("/readyz").andReturn(200, "ok").always();
        remembered.resource(ClusterObjects.runningPod("kube-system", "coredns")).create();
        world = new World(Files.createDirectory(folder.resolve("world")));
        proxy = ConnectProxy.open(
                0, IntStream.range(1, 30).mapToObj(last -> "127.78.1." + last).collect(Collectors.toSet()));
        Road road = GatewayRoad.by(new InetSocketAddress("127.0.0.1", proxy.port()));
        Path home = Files.createDirectory(folder.resolve("home"));
        // With the rights of --role, and no others.
        engine = new KubevirtEngine(
                real.userClient(),
                new KubevirtCluster("", Map.of("gateway", "registry.example/gateway")),
                (images, current, run) ->
                        "registry.example/gateway:" + images.getFirst().getFileName(),
                namespace -> road);
        Engine believing = new PretendedKubevirt(engine, client, NAMESPACE, call -> atCall.accept(call)).believing();
        int sshPort = freePort();
        nodes = new PretendedNodes(believing, LabFolder.of(home, LAB), remembered, sshPort);
        site = new Site(
                nodes.engine(),
                home,
                false,
                Calibration.of(EmulationSpeed.unknown("pretended")),
                new Executable(List.of("sh", "-c", STANDS_BY)),
                sshPort);
    }

    @Override
    public void close() throws Exception {
        nodes.close();
        engine.close();
        if (api != null) {
            api.close();
        }
        proxy.close();
        remembered.close();
        remembering.destroy();
        client.close();
        real.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    Cluster cluster(String nodes) throws IOException {
        Path recipe = world.path("recipe.yaml");
        String text = """
                apiVersion: lab/v1
                name: killed
                image: %s
                nodes: %s
                tests: []
                """.formatted(recipe, nodes);
        Cluster cluster = Specs.readCluster(Files.writeString(folder.resolve("cluster.yaml"), text));
        // No cluster.yaml may name the loopback.
        return Clusters.booting(
                cluster, recipe, new Network(Optional.of(Cidr.parse("127.78.1.0/24")), Network.Mode.NAT, false));
    }

    LabUp up(String nodes) throws IOException, InterruptedException {
        return new Up(
                        site,
                        world.images(true),
                        new FetchImages(new WantedImages(new ContainerStore(folder), Map.of()), false),
                        true,
                        false,
                        false)
                .run(cluster(nodes), run());
    }

    /** As soon as the keys are there, so is the API, as on a controller that boots. */
    Run run() {
        LabFolder lab = site.folder(LAB);
        EventLog log = new EventLog(lab.events());
        return new Run(event -> {
            log.emit(event);
            if (api == null && Files.exists(lab.bootConfig()) && ClusterKeys.exist(lab.pki())) {
                try {
                    String controller = BootConfig.read(lab.bootConfig()).apiAddress();
                    api = new ClusterApi(
                            ClusterKeys.read(lab.pki()),
                            new InetSocketAddress(controller, Port.API),
                            remembering.url("/"));
                } catch (Exception error) {
                    throw new IllegalStateException(error);
                }
            }
        });
    }

    List<DomainFound> machines() {
        return site.inventory(LAB).domains();
    }

    Pod gateway() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withName(GatewayObjects.NAME)
                .get();
    }

    /** As whoever administers the cluster sees it. */
    KubernetesClient client() {
        return client;
    }

    RealApi api() {
        return real;
    }

    Site site() {
        return site;
    }

    World world() {
        return world;
    }

    /** Lets {@code what} befall a command before it calls the engine so, the first time only: {@code define lab-killed.w1}. */
    void before(String wanted, Runnable what) {
        atCall = call -> {
            if (call.equals(wanted)) {
                atCall = none -> {};
                what.run();
            }
        };
    }
}
