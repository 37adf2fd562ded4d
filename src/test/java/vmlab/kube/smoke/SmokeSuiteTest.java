package vmlab.kube.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.server.mock.ErrorStreamMessage;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.server.mock.OutputStreamMessage;
import io.fabric8.kubernetes.client.server.mock.StatusStreamMessage;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.kube.KubeApi;
import vmlab.run.CheckResult;
import vmlab.run.Event;
import vmlab.run.Outcome;
import vmlab.run.Run;
import vmlab.run.SuiteResult;

@Execution(ExecutionMode.CONCURRENT)
class SmokeSuiteTest {

    private static final String NAMESPACE = "lab-smoke-test";
    private static final List<String> NAMES = Stream.concat(
                    SmokeSuite.WAVES.stream()
                            .flatMap(List::stream)
                            .filter(check -> check.appliesTo(new Subject(1, true)))
                            .map(SmokeCheck::name),
                    Stream.of("clean-up"))
            .toList();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private KubernetesMockServer server;
    private KubernetesClient client;

    /** A server for each test: those of the annotation's are one at a time. */
    @BeforeEach
    void answer() {
        Map<ServerRequest, Queue<ServerResponse>> answers = new ConcurrentHashMap<>();
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), answers, new KubernetesMixedDispatcher(answers), false);
        server.init();
        // A busy machine may take longer over the first request than the client would wait.
        client = server.createClient(
                builder -> builder.editOrNewConfig().withRequestTimeout(60_000).endConfig());
        server.expect().get().withPath("/readyz").andReturn(200, "ok").always();
        server.setVersionInfo(new VersionInfo.Builder()
                .withMajor("1")
                .withMinor("36")
                .withGitVersion("v1.36.3")
                .build());
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/" + NAMESPACE + "/pods/server/log?pretty=false&tailLines=20")
                .andReturn(200, "2026/01/01 Started HTTP server on port 8080\n")
                .always();
    }

    @AfterEach
    void close() {
        client.close();
        server.destroy();
    }

    @Test
    void aClusterThatDoesAllPassesAndIsLeftClean() throws Exception {
        commandsWork();
        SuiteResult result = run(FakeNode::started, Duration.ofSeconds(60));
        assertThat(result.checks()).allSatisfy(check -> assertThat(check.status())
                .as(check.name() + ": " + check.evidence())
                .isEqualTo(Outcome.PASSED));
        assertThat(result.checks()).extracting(CheckResult::name).containsExactlyElementsOf(NAMES);
        assertThat(result.summary()).isEqualTo("14 of 14 checks passed");
        assertThat(client.namespaces().withName(NAMESPACE).get()).isNull();
        assertThat(events.stream().filter(Event.Checked.class::isInstance)).hasSize(NAMES.size());
    }

    @Test
    void onePodThatNeverStartsSkipsWhatNeedsItAndIsCleanedUp() throws Exception {
        SuiteResult result = run(SmokeSuiteTest::withoutImage, Duration.ofSeconds(20));
        assertThat(status(result, "api-health")).isEqualTo(Outcome.PASSED);
        assertThat(status(result, "nodes-ready")).isEqualTo(Outcome.PASSED);
        assertThat(status(result, "pod-scheduled")).isEqualTo(Outcome.FAILED);
        assertThat(evidence(result, "pod-scheduled"))
                .contains("has no image " + Fixtures.IMAGE)
                .contains("pod lab-smoke-test/client");
        assertThat(evidence(result, "pod-exec")).isEqualTo("skipped: needs pod-scheduled");
        assertThat(status(result, "clean-up")).isEqualTo(Outcome.PASSED);
        assertThat(result.passed()).isFalse();
        assertThat(client.namespaces().withName(NAMESPACE).get()).isNull();
    }

    @Test
    void aNameThatIsNotResolvedFailsDnsAloneWithItsReason() throws Exception {
        command("client\n", "", 0, "mounttest", "--file_content=/etc/hostname");
        command(Fixtures.CONFIG_TEXT, "", 0, "mounttest", "--file_content=" + Fixtures.CONFIG_FILE);
        command("", "", 0, "connect", "--timeout=10s", "10.96.0.42:80");
        command("", "DNS: no such host", 1, "connect", "--timeout=10s", "web." + NAMESPACE + ".svc:80");
        SuiteResult result = run(FakeNode::started, Duration.ofSeconds(10));
        assertThat(result.with(Outcome.FAILED)).extracting(CheckResult::name).containsExactly("service-dns");
        assertThat(evidence(result, "service-dns")).contains("pod lab-smoke-test/server");
        // The very last look may end otherwise: on a busy machine the mock closes a connection before it has said all.
        assertThat(events).anySatisfy(event -> assertThat(event)
                .isInstanceOfSatisfying(Event.Waiting.class, waiting -> assertThat(waiting.why())
                        .contains("DNS: no such host")));
    }

    @Test
    void aVolumeThatForgetsIsToldWithWhatItsPodSaid() throws Exception {
        commandsWork();
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/" + NAMESPACE + "/pods/reader/log?pretty=false&tailLines=3")
                .andReturn(200, "error reading file content for \"/kept/proof\"\n")
                .always();
        SuiteResult result = run(
                pod -> pod.getSpec().getContainers().getFirst().getArgs().contains("--file_content=/kept/proof")
                        ? FakeNode.ended(pod, "Failed")
                        : FakeNode.started(pod),
                Duration.ofSeconds(60));
        assertThat(result.with(Outcome.FAILED)).extracting(CheckResult::name).containsExactly("volume-kept");
        assertThat(evidence(result, "volume-kept")).contains("error reading file content");
    }

    @Test
    void whereLabBringsNoStorageNoVolumeIsAskedFor() throws Exception {
        commandsWork();
        try (var _ = new FakeNode(client, NAMESPACE, FakeNode::started)) {
            SuiteResult result = new SmokeSuite(
                            new KubeApi(client),
                            Duration.ofSeconds(60),
                            HopWitness.NOBODY,
                            false,
                            UnaryOperator.identity(),
                            NAMESPACE)
                    .run(new Run(events::add));
            assertThat(result.summary()).isEqualTo("13 of 13 checks passed");
        }
    }

    @Test
    void betweenNodesEachIsAskedWhatItSees() throws Exception {
        commandsWork();
        SuiteResult result = between(Duration.ofSeconds(60), (node, host) -> switch (host) {
            case "10.244.0.9" -> "{\"responses\":[\"everywhere-cp\"]}";
            case "10.244.1.9" -> "{\"responses\":[\"everywhere-w1\"]}";
            default -> "{\"responses\":[\"server\"]}";
        });
        assertThat(result.checks()).allSatisfy(check -> assertThat(check.status())
                .as(check.name() + ": " + check.evidence())
                .isEqualTo(Outcome.PASSED));
        assertThat(result.summary()).isEqualTo("18 of 18 checks passed");
        assertThat(evidence(result, "pod-to-pod")).isEqualTo("cp → w1 (10.244.1.9), w1 → cp (10.244.0.9)");
        assertThat(evidence(result, "service-across-nodes")).isEqualTo("10.96.0.42 asked on w1 answered from cp");
        assertThat(evidence(result, "dns-on-each-node")).endsWith("was resolved on cp, w1");
        assertThat(evidence(result, "node-clocks")).contains("cp ", "w1 ", "against this host");
    }

    @Test
    void aRoadThatIsBrokenOneWayIsNamedWithWhatItsNodesKnow() throws Exception {
        commandsWork();
        SuiteResult result = between(Duration.ofSeconds(20), (node, host) -> switch (host) {
            case "10.244.0.9" -> "{\"responses\":[\"everywhere-cp\"]}";
            case "10.244.1.9" -> "{\"errors\":[\"dial tcp 10.244.1.9:8080: i/o timeout\"]}";
            default -> "{\"responses\":[\"server\"]}";
        });
        assertThat(result.with(Outcome.FAILED)).extracting(CheckResult::name).containsExactly("pod-to-pod");
        assertThat(evidence(result, "pod-to-pod"))
                .contains("cp → w1: pod everywhere-cp on cp: dial tcp 10.244.1.9:8080: i/o timeout")
                .contains("seen from cp (127.0.0.1, pod 10.244.0.9) to w1 (127.0.0.2, pod 10.244.1.9:8080)");
    }

    private SuiteResult between(Duration limit, FakeNode.Dial dial) throws Exception {
        HopWitness witness = hop -> "seen from %s (%s, pod %s) to %s (%s, pod %s:%d)"
                .formatted(
                        hop.fromNode(),
                        hop.fromAddress(),
                        hop.fromPod(),
                        hop.toNode(),
                        hop.toAddress(),
                        hop.toPod(),
                        hop.port());
        try (var _ = new FakeNode(client, NAMESPACE, FakeNode::started, List.of("cp", "w1"), dial)) {
            return new SmokeSuite(new KubeApi(client), limit, witness, true, UnaryOperator.identity(), NAMESPACE)
                    .run(new Run(events::add));
        }
    }

    @Test
    void anInterruptionLeavesNothingBehind() throws Exception {
        try (var _ = new FakeNode(client, NAMESPACE, pod -> pod)) {
            Thread me = Thread.currentThread();
            var suite = new SmokeSuite(
                    new KubeApi(client),
                    Duration.ofSeconds(60),
                    HopWitness.NOBODY,
                    true,
                    UnaryOperator.identity(),
                    NAMESPACE);
            Thread.ofVirtual().start(() -> {
                while (client.pods().inNamespace(NAMESPACE).list().getItems().isEmpty()) {
                    Thread.onSpinWait();
                }
                me.interrupt();
            });
            assertThatThrownBy(() -> suite.run(new Run(events::add))).isInstanceOf(InterruptedException.class);
            assertThat(client.namespaces().withName(NAMESPACE).get()).isNull();
        }
    }

    private SuiteResult run(UnaryOperator<Pod> kubelet, Duration limit) throws Exception {
        try (var _ = new FakeNode(client, NAMESPACE, kubelet)) {
            return new SmokeSuite(
                            new KubeApi(client), limit, HopWitness.NOBODY, true, UnaryOperator.identity(), NAMESPACE)
                    .run(new Run(events::add));
        }
    }

    private void commandsWork() {
        command("client\n", "", 0, "mounttest", "--file_content=/etc/hostname");
        command(Fixtures.CONFIG_TEXT, "", 0, "mounttest", "--file_content=" + Fixtures.CONFIG_FILE);
        command("", "", 0, "connect", "--timeout=10s", "web." + NAMESPACE + ".svc:80");
        command("", "", 0, "connect", "--timeout=10s", "10.96.0.42:80");
    }

    private void command(String stdout, String stderr, int exit, String... args) {
        String query = Stream.concat(Stream.of("/agnhost"), Stream.of(args))
                .map(arg -> "command=" + URLEncoder.encode(arg, StandardCharsets.UTF_8) + "&")
                .collect(Collectors.joining());
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/" + NAMESPACE + "/pods/client/exec?" + query
                        + "container=agnhost&stdout=true&stderr=true")
                .andUpgradeToWebSocket()
                .open(new OutputStreamMessage(stdout), new ErrorStreamMessage(stderr), new StatusStreamMessage(exit))
                .done()
                .always();
    }

    private static Pod withoutImage(Pod pod) {
        return new PodBuilder(pod)
                .withNewStatus()
                .withPhase("Pending")
                .addNewContainerStatus()
                .withName("agnhost")
                .withImage(Fixtures.IMAGE)
                .withNewState()
                .withNewWaiting()
                .withReason("ErrImageNeverPull")
                .endWaiting()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static Outcome status(SuiteResult result, String name) {
        return check(result, name).status();
    }

    private static String evidence(SuiteResult result, String name) {
        return check(result, name).evidence();
    }

    private static CheckResult check(SuiteResult result, String name) {
        return result.checks().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
