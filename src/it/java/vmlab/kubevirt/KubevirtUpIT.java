package vmlab.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import vmlab.boot.BootConfig;
import vmlab.engine.Engine;
import vmlab.engine.Road;
import vmlab.fault.LinkFaults;
import vmlab.image.World;
import vmlab.kill.ClusterApi;
import vmlab.kill.PretendedNodes;
import vmlab.kube.ClusterKeys;
import vmlab.kube.ClusterObjects;
import vmlab.kube.Kubeconfig;
import vmlab.machine.Calibration;
import vmlab.machine.EmulationSpeed;
import vmlab.make.FetchImages;
import vmlab.net.ConnectProxy;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.LabFolder;
import vmlab.power.Down;
import vmlab.registry.ContainerStore;
import vmlab.registry.WantedImages;
import vmlab.run.Environment;
import vmlab.run.EventLog;
import vmlab.run.Executable;
import vmlab.run.Program;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.Port;
import vmlab.site.Site;
import vmlab.snapshot.CreateSnapshot;
import vmlab.snapshot.DiskSnapshot;
import vmlab.snapshot.RestoreSnapshot;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.KubevirtCluster;
import vmlab.spec.Network;
import vmlab.spec.Specs;
import vmlab.up.LabUp;
import vmlab.up.Up;

/**
 * A whole {@code up}, edits and {@code down} of a lab in a cluster: a real API server with the real schemas, where what KubeVirt and kubelets
 * would write is pretended; the nodes are sshds and an API on the loopback, reached by nothing but a proxy as the gateway has it.
 */
@EnabledIf("vmlab.kubevirt.RealApi#hasDefinitions")
class KubevirtUpIT {

    private static final String LAB = "killed";
    private static final String NAMESPACE = "lab-killed";

    /** In the place of lab's own process, which would connect to the cluster for itself. */
    private static final String STANDS_BY = """
            for config; do :; done
            echo 6443 >"${config%/*}/api.port"
            while [ -e "$config" ]; do sleep 0.2; done
            """;

    @TempDir
    private Path folder;

    /** The lab's own API. */
    private KubernetesMockServer remembering;

    private KubernetesClient remembered;

    /** A call to the engine, before which {@code up} ends. */
    private final AtomicReference<String> cutShortAt = new AtomicReference<>("");

    private RealApi real;
    private KubernetesClient client;
    private KubernetesClient user;
    private World world;
    private ConnectProxy proxy;
    private Engine engine;
    private PretendedNodes nodes;
    private Site site;
    private ClusterApi api;

    @BeforeEach
    void start() throws Exception {
        real = RealApi.start(Files.createDirectory(folder.resolve("real")));
        real.install(RealApi.definitions().orElseThrow());
        client = real.client();
        RealApi.giveAll(client);
        client.resource(Rights.role()).serverSideApply();
        client.resource(RealApi.BINDING).serverSideApply();
        user = real.userClient();
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
                user,
                new KubevirtCluster("", Map.of("gateway", "registry.example/gateway")),
                (images, current, run) ->
                        "registry.example/gateway:" + images.getFirst().getFileName(),
                namespace -> road);
        Engine believing = new PretendedKubevirt(engine, client, NAMESPACE, cutShortAt).believing();
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

    @AfterEach
    void end() throws Exception {
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

    private Cluster cluster(String nodes) throws IOException {
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

    private LabUp up(Cluster cluster) throws InterruptedException {
        return new Up(
                        site,
                        world.images(true),
                        new FetchImages(new WantedImages(new ContainerStore(folder), Map.of()), false),
                        true,
                        false,
                        false)
                .run(cluster, run());
    }

    /** As soon as the keys are there, so is the API, as on a controller that boots. */
    private Run run() {
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

    private List<DomainFound> machines() {
        return site.inventory(LAB).domains();
    }

    private Pod gateway() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withName(GatewayObjects.NAME)
                .get();
    }

    @Test
    void aLabComesUpIsEditedAndGoes() throws Exception {
        // Another up carries on where one was cut short.
        for (String call : List.of("serve " + LAB, "define lab-killed.w1", "start lab-killed.w1")) {
            cutShortAt.set(call);
            assertThatThrownBy(() -> up(cluster("[{name: cp, role: controller+worker}, {name: w1, role: worker}]")))
                    .as(call)
                    .hasStackTraceContaining("cut short");
        }
        LabUp lab = up(cluster("[{name: cp, role: controller+worker}, {name: w1, role: worker}]"));

        assertThat(lab.changed()).isTrue();
        assertThat(machines())
                .extracting(DomainFound::name)
                .containsExactlyInAnyOrder("lab-killed.cp", "lab-killed.w1");
        assertThat(machines()).allMatch(DomainFound::running);
        Map<String, String> told = client.configMaps()
                .inNamespace(NAMESPACE)
                .withName(GatewayObjects.NAME)
                .get()
                .getData();
        assertThat(told.get("boot.json"))
                .contains("\"/srv/lab/images/", "/run/lab/events.jsonl")
                .doesNotContain(folder.toString());
        assertThat(gateway().getSpec().getContainers().getFirst().getImage()).startsWith("registry.example/gateway:");
        Secret configuration =
                client.secrets().inNamespace(NAMESPACE).withName("w1-config").get();
        assertThat(configuration.getData().get(DiskObjects.TAR)).hasSizeGreaterThan(1000);
        assertThat(Kubeconfig.read(lab.kubeconfig()).server()).isEqualTo("https://127.0.0.1:6443");
        assertThat(site.folder(LAB).path()).as("the engine keeps the disks").isDirectoryNotContaining("glob:**.img");
        List<String> ssh =
                new ArrayList<>(Access.to(site, LAB, Optional.of("w1")).sshCommand());
        ssh.add("cat /proc/sys/kernel/random/boot_id");
        assertThat(new Program(Environment.process(ssh), Duration.ofMinutes(1)).run())
                .as("ssh knows nothing of the way that it is led")
                .satisfies(said -> assertThat(said.text()).matches("(?s).*[0-9a-f-]{36}\\s*"));
        assertThatThrownBy(() -> LinkFaults.of(site, LAB)).hasMessageContaining("links of lab killed are out of reach");
        String firstGateway = gateway().getMetadata().getUid();

        assertThat(up(cluster("[{name: cp, role: controller+worker}, {name: w1, role: worker}]"))
                        .changed())
                .isFalse();
        assertThat(gateway().getMetadata().getUid()).as("nothing to do").isEqualTo(firstGateway);

        up(cluster("[{name: cp, role: controller+worker}, {name: w2, role: worker, cpus: 1}]"));
        assertThat(machines())
                .extracting(DomainFound::name)
                .containsExactlyInAnyOrder("lab-killed.cp", "lab-killed.w2");
        assertThat(client.persistentVolumeClaims().inNamespace(NAMESPACE).list().getItems())
                .extracting(KubevirtUpIT::name)
                .doesNotContain("w1-state")
                .contains("w2-state");
        assertThat(gateway().getMetadata().getUid()).as("told of w2").isNotEqualTo(firstGateway);

        up(cluster("[{name: cp, role: controller+worker}, {name: w2, role: worker, cpus: 2}]"));
        assertThat(machines())
                .filteredOn(machine -> machine.mark().node().equals("w2"))
                .allSatisfy(machine -> {
                    assertThat(machine.cpus()).isEqualTo(2);
                    assertThat(machine.running()).isTrue();
                });

        new CreateSnapshot(site, "one").run(LAB, run());
        assertThatThrownBy(() -> new CreateSnapshot(site, "one").run(LAB, run()))
                .hasMessageContaining("has a snapshot one already");
        assertThat(DiskSnapshot.all(site.engine().diskSnapshots().orElseThrow(), LAB))
                .singleElement()
                .satisfies(kept -> assertThat(kept.nodes()).containsExactly("cp", "w2"));
        assertThatThrownBy(() -> new RestoreSnapshot(site, "two").run(LAB, run()))
                .hasMessageContaining("it has one");
        new RestoreSnapshot(site, "one").run(LAB, run());
        assertThat(machines()).allMatch(DomainFound::running);
        assertThat(client.genericKubernetesResources(Kinds.RESTORE)
                        .inNamespace(NAMESPACE)
                        .list()
                        .getItems())
                .extracting(KubevirtUpIT::name)
                .containsExactlyInAnyOrder("cp-one", "w2-one");
        assertThat(site.folder(LAB).restoring()).doesNotExist();
        new DiskSnapshot(site, site.engine().diskSnapshots().orElseThrow(), "one").remove(LAB);
        assertThat(DiskSnapshot.all(site.engine().diskSnapshots().orElseThrow(), LAB))
                .isEmpty();

        new Down(site).run(LAB, run());
        assertThat(client.namespaces().withName(NAMESPACE).get()).isNull();
        assertThat(site.folder(LAB).path()).doesNotExist();
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
