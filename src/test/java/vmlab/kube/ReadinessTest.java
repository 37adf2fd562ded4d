package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static vmlab.kube.ClusterObjects.node;
import static vmlab.kube.ClusterObjects.readyNode;
import static vmlab.kube.ClusterObjects.runningPod;
import static vmlab.kube.ClusterObjects.waitingPod;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vmlab.run.Event;
import vmlab.run.Reading;

@EnableKubernetesMockClient(crud = true)
class ReadinessTest {

    KubernetesMockServer server;
    KubernetesClient client;

    private final List<Event> events = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private KubeApi api;
    private Readiness readiness;

    @BeforeEach
    void awaitOneNode() {
        InstantSource source = () -> now;
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return source.instant();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        // As KubeApi.of configures it: no retries behind our back.
        api = new KubeApi(new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build());
        readiness = new Readiness(api, Set.of("cp"), Duration.ofSeconds(10), clock, events::add);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void healthy() {
        server.expect().get().withPath("/readyz").andReturn(200, "ok").always();
    }

    @Test
    void aNodeThatJoinsAndThenIsReadyIsToldOnceForEach() throws Exception {
        healthy();
        client.resource(node("cp", "False", "cni plugin not initialized")).create();
        readiness.read();
        readiness.read();
        client.resource(readyNode("cp")).update();
        readiness.read();
        readiness.read();

        assertThat(events)
                .extracting(event -> ((Event.Milestone) event).node() + " " + ((Event.Milestone) event).name())
                .containsExactly("cp joined", "cp ready");
    }

    @Test
    void readyMustHoldBeforeItCounts() throws Exception {
        healthy();
        client.resource(readyNode("cp")).create();
        client.resource(runningPod("kube-system", "coredns-1")).create();
        assertThat(why()).isEqualTo("all is Ready; it must hold for 10 s");
        now = now.plusSeconds(9);
        assertThat(why()).isEqualTo("all is Ready; it must hold for 10 s");
        now = now.plusSeconds(1);
        assertThat(readiness.read()).isInstanceOfSatisfying(Reading.Ready.class, it -> assertThat(it.value())
                .hasToString("cp (127.0.0.1, v1.36.3); 1 system pods run"));
    }

    @Test
    void anInterludeStartsTheHoldAnew() throws Exception {
        healthy();
        client.resource(readyNode("cp")).create();
        client.resource(runningPod("kube-system", "coredns-1")).create();
        why();
        now = now.plusSeconds(8);
        client.resource(node("cp", "Unknown", "Kubelet stopped posting node status."))
                .update();
        assertThat(why()).isEqualTo("node cp stopped reporting: Kubelet stopped posting node status.");
        now = now.plusSeconds(8);
        client.resource(readyNode("cp")).update();
        assertThat(why()).startsWith("all is Ready");
    }

    @Test
    void nodesThatHaveNotRegisteredAreNamed() throws Exception {
        healthy();
        client.resource(readyNode("cp")).create();
        assertThat(api.look(Set.of("cp", "w1", "w2")))
                .isEqualTo(new Reading.NotYet<>("nodes w1, w2 have not registered"));
    }

    @Test
    void aNodeThatIsNotReadySaysWhy() throws Exception {
        healthy();
        assertThat(why()).isEqualTo("node cp has not registered");
        client.resource(node(
                        "cp",
                        "False",
                        "[container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady"
                                + " message:Network plugin returns error: cni plugin not initialized, CSINode is"
                                + " not yet initialized]"))
                .create();
        assertThat(why()).isEqualTo("node cp is NotReady: cni plugin not initialized, CSINode is not yet initialized");
    }

    @Test
    void aNodeWithoutAnAddressIsNotReady() throws Exception {
        healthy();
        client.resource(new NodeBuilder(readyNode("cp"))
                        .editStatus()
                        .withAddresses()
                        .endStatus()
                        .build())
                .create();
        assertThat(why()).contains("no InternalIP");
    }

    @Test
    void aPodThatWaitsIsNamedWithItsReason() throws Exception {
        healthy();
        client.resource(readyNode("cp")).create();
        assertThat(why()).isEqualTo("no system pods yet");
        client.resource(waitingPod("coredns-1", "ContainerCreating", 0)).create();
        assertThat(why()).isEqualTo("pod kube-system/coredns-1 Pending: ContainerCreating");
    }

    @Test
    void aMissingImageIsNeverOnceItLasted() throws Exception {
        healthy();
        client.resource(readyNode("cp")).create();
        client.resource(waitingPod("coredns-1", "ErrImageNeverPull", 0)).create();
        assertThat(why()).contains("has no image registry.example/coredns:1.14.6");
        now = now.plusSeconds(60);
        assertThat(readiness.read()).isInstanceOfSatisfying(Reading.Never.class, it -> {
            assertThat(it.why()).contains("ErrImageNeverPull").contains("coredns:1.14.6");
            assertThat(it.next()).contains("images: in the recipe");
        });
    }

    @Test
    void aFewCrashesAreForgivenAndManyAreNot() throws Exception {
        healthy();
        client.resource(readyNode("cp")).create();
        client.resource(waitingPod("coredns-1", "CrashLoopBackOff", 4)).create();
        why();
        now = now.plusSeconds(120);
        assertThat(why()).endsWith("CrashLoopBackOff");
        client.resource(waitingPod("coredns-1", "CrashLoopBackOff", 5)).update();
        why();
        now = now.plusSeconds(60);
        assertThat(readiness.read()).isInstanceOfSatisfying(Reading.Never.class, it -> {
            assertThat(it.why()).contains("crashed 5 times");
            assertThat(it.next()).contains("logs --previous coredns-1");
        });
    }

    @Test
    void anApiThatKnowsNobodyYetSaysSo() throws Exception {
        server.expect().get().withPath("/readyz").andReturn(401, "{}").always();
        assertThat(why()).startsWith("API answers 401");
    }

    @Test
    void anApiThatStartsSaysWhatItWaitsFor() throws Exception {
        String said = "[+]ping ok\n[-]etcd failed: reason withheld\n[-]poststarthook/rbac failed: not finished\n";
        server.expect().get().withPath("/readyz").andReturn(500, said).always();
        assertThat(why()).isEqualTo("API answers 500 to /readyz: it waits for etcd, poststarthook/rbac");
    }

    private String why() throws InterruptedException {
        Reading<ClusterState> reading = readiness.read();
        assertThat(reading).isInstanceOf(Reading.NotYet.class);
        return ((Reading.NotYet<ClusterState>) reading).why();
    }
}
