package vmlab.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vmlab.kube.ClusterObjects.openNode;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vmlab.kube.KubeApi;
import vmlab.kube.Kubeconfig;
import vmlab.libvirt.TestDriver;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.power.Cordons;
import vmlab.run.Event;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;

/** What nodes are left as when a command that changes them is interrupted. On libvirt's test driver: nothing boots. */
@EnableKubernetesMockClient(crud = true, https = false)
class InterruptedChangesTest extends OnTestDriver {

    private static final NodePlan WORKER = StandIn.WORKER;

    /** It would tell of each request. */
    private static final Logger SILENCED = Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

    static {
        SILENCED.setLevel(Level.WARNING);
    }

    KubernetesMockServer server;
    KubernetesClient client;

    private final List<Event> told = new ArrayList<>();
    private StandIn lab = new StandIn(hypervisor, new LabFolder(Path.of("")), "");

    @BeforeEach
    void twoNodes() throws InterruptedException {
        libvirt.createNetwork(
                StandIn.PLAN,
                new Mark(
                        "demo",
                        TestDriver.ID,
                        "/home",
                        "",
                        StandIn.PLAN.network().hash(),
                        "1"));
        lab = new StandIn(hypervisor, begun("demo"), server.url("/"));
        lab.make();
        hypervisor.machines().start(StandIn.PLAN.nodes().getFirst().domain());
        client.resource(openNode("n0")).create();
    }

    @AfterEach
    void goOn() {
        Thread.interrupted();
    }

    /** A run that is interrupted as soon as an event is {@code last}. */
    private Run interruptedAt(Predicate<Event> last) {
        return new Run(event -> {
            told.add(event);
            if (last.test(event)) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean isOpen() {
        return client.nodes().withName("n1").get().getSpec().getUnschedulable() == null;
    }

    @Test
    void aNodeThatWasShutDownToBeRestartedIsOnAgainAndTakesPods() {
        hypervisor.machines().start(WORKER.domain());
        client.resource(openNode("n1")).create();
        Run run = interruptedAt(
                event -> event instanceof Event.Looked looked && looked.what().equals("the pods to leave"));

        assertThatThrownBy(() -> new RestartNodes(site()).run(lab.found(), run))
                .isInstanceOf(InterruptedException.class);

        assertThat(told)
                .as("it was cordoned")
                .anyMatch(event ->
                        event instanceof Event.Looked looked && looked.what().equals("the node to be cordoned"));
        assertThat(hypervisor.machines().isRunning(WORKER.domain())).isTrue();
        assertThat(isOpen()).isTrue();
        assertThat(lab.folder().cordoned("n1")).doesNotExist();
    }

    @Test
    void whatAKilledCommandCordonedIsOpenedAgainAndNothingElse() throws InterruptedException {
        List.of("n1", "n2").forEach(node -> client.resource(openNode(node)).create());
        client.nodes().withName("n2").edit(node -> {
            node.getSpec().setUnschedulable(true);
            return node;
        });
        try (KubeApi api = KubeApi.of(Kubeconfig.read(lab.folder().ownKubeconfig()))) {
            Cordons cordons = new Cordons(lab.folder(), api, interruptedAt(event -> false), Duration.ofSeconds(5));
            cordons.cordon("n1");
            cordons.cordon("n2");
            assertThat(isOpen()).isFalse();
        }
        assertThat(Cordons.isAnyLeft(lab.folder())).isTrue();
        assertThat(new UncordonNodes(site()).isNeeded(lab.found())).isTrue();

        new UncordonNodes(site()).run(lab.found(), new Run(told::add));

        assertThat(isOpen()).isTrue();
        assertThat(client.nodes().withName("n2").get().getSpec().getUnschedulable())
                .as("somebody else's")
                .isTrue();
        assertThat(Cordons.isAnyLeft(lab.folder())).isFalse();
    }

    @Test
    void aWorkerThatNeverJoinedGetsAFreshTokenAndBootsWithIt() throws IOException {
        var found = lab.found();
        hypervisor.machines().start(WORKER.domain());
        Path disk = lab.folder().configDisk("n1");
        Files.setLastModifiedTime(disk, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        Object before = Files.getAttribute(disk, "unix:ino");
        Run run = interruptedAt(event -> event instanceof Event.Waiting);

        assertThat(RenewTokens.isNeeded(found)).isTrue();
        assertThatThrownBy(() -> new RenewTokens(site()).run(found, run))
                .as("nothing boots here")
                .isInstanceOf(InterruptedException.class);
        Thread.interrupted();

        assertThat(told)
                .anyMatch(event ->
                        event instanceof Event.Noted noted && noted.text().startsWith("n1 has not joined"));
        assertThat(Files.getAttribute(disk, "unix:ino")).as("its config disk").isNotEqualTo(before);
        assertThat(Files.size(lab.folder().stateDisk("n1")))
                .as("grown to what it should be")
                .isEqualTo(64 << 20);
        assertThat(hypervisor.machines().isRunning(WORKER.domain())).isTrue();
        assertThat(client.secrets().inNamespace("kube-system").list().getItems())
                .singleElement()
                .satisfies(secret -> assertThat(secret.getMetadata().getName()).startsWith("bootstrap-token-"));
    }
}
