package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static vmlab.kube.ClusterObjects.readyNode;
import static vmlab.kube.ClusterObjects.runningPod;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vmlab.run.Reading;

/** How a node is emptied and filled again, against an API that answers as a real one does. */
class DrainTest {

    private static final String PODS = "/api/v1/pods?fieldSelector=spec.nodeName%3Dw1";
    private static final String EVICTION = "/api/v1/namespaces/default/pods/web/eviction";

    @EnableKubernetesMockClient
    static class WithAnswers {

        KubernetesMockServer server;
        KubernetesClient client;

        private void has(Pod... pods) {
            server.expect()
                    .get()
                    .withPath(PODS)
                    .andReturn(200, new PodListBuilder().withItems(pods).build())
                    .once();
        }

        /** As KubeApi.of configures it: no retries behind our back. */
        private KubernetesClient once() {
            return new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(client.getConfiguration())
                            .withRequestRetryBackoffLimit(0)
                            .build())
                    .build();
        }

        private Drain drain(Instant now) {
            return new Drain(once(), "w1", Duration.ofMinutes(2), Clock.fixed(now, ZoneOffset.UTC));
        }

        @Test
        void podsAreEvictedAndAwaited() throws InterruptedException {
            has(runningPod("default", "web"));
            server.expect()
                    .post()
                    .withPath(EVICTION)
                    .andReturn(201, new StatusBuilder().withStatus("Success").build())
                    .once();
            has();
            Drain drain = drain(Instant.EPOCH);

            assertThat(drain.read()).isEqualTo(new Reading.NotYet<>("pod default/web is on its way out"));
            assertThat(drain.read()).isEqualTo(new Reading.Ready<>(List.of()));
        }

        @Test
        void aDisruptionBudgetIsHeededAndNamed() throws InterruptedException {
            has(runningPod("default", "web"));
            server.expect()
                    .post()
                    .withPath(EVICTION)
                    .andReturn(429, new StatusBuilder().withCode(429).build())
                    .once();

            assertThat(drain(Instant.EPOCH).read())
                    .isInstanceOfSatisfying(Reading.NotYet.class, wait -> assertThat(wait.why())
                            .contains("pod default/web", "disruption budget"));
        }

        @Test
        void whatBelongsToTheNodeStays() throws InterruptedException {
            Pod daemon = new PodBuilder(runningPod("kube-system", "kube-proxy"))
                    .editMetadata()
                    .addNewOwnerReference()
                    .withKind("DaemonSet")
                    .withName("kube-proxy")
                    .endOwnerReference()
                    .endMetadata()
                    .build();
            Pod ofAFile = new PodBuilder(runningPod("kube-system", "static"))
                    .editMetadata()
                    .addToAnnotations("kubernetes.io/config.mirror", "x")
                    .endMetadata()
                    .build();
            Pod ended = new PodBuilder(runningPod("default", "job"))
                    .editStatus()
                    .withPhase("Succeeded")
                    .endStatus()
                    .build();
            has(daemon, ofAFile, ended);

            assertThat(drain(Instant.EPOCH).read()).isEqualTo(new Reading.Ready<>(List.of()));
        }

        @Test
        void whatIsLeftWhenTheLimitHasPassedIsTold() throws InterruptedException {
            has(runningPod("default", "web"));
            Instant[] now = {Instant.EPOCH};
            Drain drain = new Drain(client, "w1", Duration.ofMinutes(2), new Clock() {
                @Override
                public Instant instant() {
                    return now[0];
                }

                @Override
                public java.time.ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }
            });
            now[0] = now[0].plus(Duration.ofMinutes(2));

            assertThat(drain.read()).isEqualTo(new Reading.Ready<>(List.of("pod default/web")));
        }
    }

    @EnableKubernetesMockClient(crud = true)
    static class WithAMemory {

        KubernetesClient client;

        private Node w1() {
            return client.nodes().withName("w1").get();
        }

        private KubeNode known() {
            return new KubeNode(new KubeApi(client), "w1");
        }

        private static Node booted(String bootId) {
            return new NodeBuilder(readyNode("w1"))
                    .editStatus()
                    .editNodeInfo()
                    .withBootID(bootId)
                    .endNodeInfo()
                    .endStatus()
                    .build();
        }

        @Test
        void aNodeIsClosedAndOpenedAgain() throws InterruptedException {
            client.resource(booted("one")).create();

            assertThat(known().cordon()).isEqualTo(new Reading.Ready<>(Optional.of("one")));
            assertThat(w1().getSpec().getUnschedulable()).isTrue();
            known().uncordon();
            assertThat(w1().getSpec().getUnschedulable()).isNull();
        }

        @Test
        void whatItSaidBeforeItsRestartDoesNotCount() throws InterruptedException {
            client.resource(booted("one")).create();

            assertThat(known().readyAfter(Optional.of("one")))
                    .isEqualTo(new Reading.NotYet<>("node w1 has not reported since it was started"));
            assertThat(known().readyAfter(Optional.of("zero"))).isInstanceOf(Reading.Ready.class);
        }

        @Test
        void aNodeIsAloneUntilAnotherOneIsReady() throws InterruptedException {
            client.resource(readyNode("w1")).create();
            assertThat(known().isAlone()).isEqualTo(new Reading.Ready<>(true));
            client.resource(readyNode("cp")).create();
            assertThat(known().isAlone()).isEqualTo(new Reading.Ready<>(false));
        }

        @Test
        void labelsAndTaintsOfClusterYamlTakeThePlaceOfItsEarlierOnes() throws InterruptedException {
            client.resource(new NodeBuilder(readyNode("w1"))
                            .editMetadata()
                            .addToLabels(Map.of("kubernetes.io/os", "linux", "tier", "slow", "old", "yes"))
                            .endMetadata()
                            .editOrNewSpec()
                            .addNewTaint("NoSchedule", "mine", null, "x")
                            .addNewTaint("NoSchedule", "other", null, "y")
                            .endSpec()
                            .build())
                    .create();

            known().relabel(
                            List.of("tier", "old"),
                            Map.of("tier", "fast"),
                            List.of("mine=x:NoSchedule"),
                            List.of("dedicated=batch:NoExecute"));

            assertThat(w1().getMetadata().getLabels()).isEqualTo(Map.of("kubernetes.io/os", "linux", "tier", "fast"));
            assertThat(w1().getSpec().getTaints())
                    .extracting(taint -> taint.getKey() + ":" + taint.getEffect())
                    .containsExactlyInAnyOrder("other:NoSchedule", "dedicated:NoExecute");
        }

        @Test
        void aTaintThatIsThereAlreadyIsNotWrittenTwice() throws InterruptedException {
            client.resource(new NodeBuilder(readyNode("w1"))
                            .editOrNewSpec()
                            .addNewTaint("NoExecute", "dedicated", null, "batch")
                            .endSpec()
                            .build())
                    .create();

            known().relabel(List.of(), Map.of(), List.of(), List.of("dedicated=web:NoExecute", "new:NoSchedule"));

            assertThat(w1().getSpec().getTaints())
                    .extracting(taint -> taint.getKey() + "=" + taint.getValue() + ":" + taint.getEffect())
                    .containsExactly("dedicated=web:NoExecute", "new=null:NoSchedule");
        }

        @Test
        void aNodeThatIsGoneIsGone() throws InterruptedException {
            client.resource(readyNode("w1")).create();
            known().delete();
            known().delete();
            assertThat(known().isKnown()).isEqualTo(new Reading.Ready<>(false));
            assertThat(known().cordon()).isEqualTo(new Reading.Ready<>(Optional.empty()));
        }

        @Test
        void aTokenIsGivenToAClusterThatRuns() throws InterruptedException {
            JoinToken token = new JoinToken(
                    JoinToken.Kind.WORKER, "abcdef", "secretsecretsecr", Instant.parse("2026-01-02T00:00:00Z"));

            assertThat(token.publish(new KubeApi(client))).isEqualTo(new Reading.Ready<>("abcdef"));
            token.publish(new KubeApi(client));

            assertThat(client.secrets()
                            .inNamespace("kube-system")
                            .withName("bootstrap-token-abcdef")
                            .get()
                            .getStringData())
                    .containsEntry("expiration", "2026-01-02T00:00:00Z");
        }
    }
}
