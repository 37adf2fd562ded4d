package vmlab.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vmlab.engine.Console;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Run;

/** What KubeVirt is told of machines: its own API, which no API server has without it ({@code KubevirtIT} has the objects). */
@EnableKubernetesMockClient(https = false)
class KubevirtMachinesTest {

    private static final String ALL = "/apis/subresources.kubevirt.io/v1/namespaces/lab-demo/";

    private static final String MACHINES = "/apis/kubevirt.io/v1/namespaces/lab-demo/virtualmachines";

    KubernetesMockServer server;
    KubernetesClient client;

    private KubevirtMachines machines() {
        return new KubevirtMachines(client, Settings.USUAL);
    }

    private static BiConsumer<KubevirtMachines, String> verb(String name) {
        return switch (name) {
            case "start" -> KubevirtMachines::start;
            case "press" -> KubevirtMachines::pressPowerButton;
            case "cut" -> KubevirtMachines::cutPower;
            case "pause" -> KubevirtMachines::pause;
            case "resume" -> KubevirtMachines::resume;
            default -> KubevirtMachines::reboot;
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    start  | virtualmachines/cp/start           | {}
                    press  | virtualmachines/cp/stop            | {}
                    cut    | virtualmachines/cp/stop            | {"gracePeriod":0}
                    pause  | virtualmachineinstances/cp/pause   | {}
                    resume | virtualmachineinstances/cp/unpause | {}
                    reboot | virtualmachineinstances/cp/reset   | {}
                    """)
    void eachVerbIsOneOrder(String verb, String path, String body) throws Exception {
        server.expect().put().withPath(ALL + path).andReturn(202, "").once();

        verb(verb).accept(machines(), "lab-demo.cp");

        RecordedRequest asked = server.takeRequest();
        assertThat(asked.getPath()).isEqualTo(ALL + path);
        assertThat(asked.getBody().readUtf8()).isEqualTo(body);
    }

    @Test
    void whatIsOffAlreadyNeedsNotBeSwitchedOffAndWhatCanNotBeSwitchedOnIsSaid() {
        server.expect()
                .put()
                .withPath(ALL + "virtualmachines/cp/stop")
                .andReturn(409, "{}")
                .always();
        server.expect()
                .put()
                .withPath(ALL + "virtualmachines/cp/start")
                .andReturn(409, "{}")
                .always();

        assertThatCode(() -> machines().cutPower("lab-demo.cp")).doesNotThrowAnyException();
        assertThatThrownBy(() -> machines().start("lab-demo.cp"))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.what())
                        .isEqualTo("KubeVirt's cluster can't start machine cp"));
    }

    /** A machine as its list and its watch have it. */
    private static String listed(String status) {
        return """
                {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachine", "metadata": {"name": "cp", "namespace": "lab-demo", "uid": "1",
                "resourceVersion": "1"}, "status": {"printableStatus": "%s"}}
                """.formatted(status);
    }

    @Test
    void whoAsksAgainAndAgainIsAnsweredFromAWatchAndAfterAnOrderFromTheApi() throws InterruptedException {
        server.expect()
                .get()
                .withPath(MACHINES + "/cp")
                .andReturn(200, listed("Stopped"))
                .always();
        server.expect()
                .get()
                .withPath(MACHINES + "?resourceVersion=0")
                .andReturn(
                        200,
                        "{\"apiVersion\": \"kubevirt.io/v1\", \"kind\": \"VirtualMachineList\", \"metadata\": {\"resourceVersion\": \"1\"}, \"items\": ["
                                + listed("Running") + "]}")
                .always();
        server.expect()
                .withPath(MACHINES + "?allowWatchBookmarks=true&resourceVersion=1&timeoutSeconds=600&watch=true")
                .andUpgradeToWebSocket()
                .open()
                .waitFor(5_000)
                .andEmit("never: it is open until then")
                .done()
                .always();
        server.expect()
                .put()
                .withPath(ALL + "virtualmachines/cp/stop")
                .andReturn(202, "")
                .once();
        KubevirtMachines machines = machines();

        assertThat(machines.state("lab-demo.cp")).as("asked once").isEqualTo("shutoff");
        new Run(event -> {})
                .await("", "the watch", Duration.ofMinutes(1))
                .until(() -> machines.state("lab-demo.cp").equals("running")
                        ? new Reading.Ready<>("")
                        : new Reading.NotYet<>("it is asked"));
        int before = server.getRequestCount();
        for (int each = 0; each < 50; each++) {
            assertThat(machines.state("lab-demo.cp")).isEqualTo("running");
            assertThat(machines.trouble("lab-demo.cp")).isEmpty();
        }
        assertThat(server.getRequestCount()).as("no request").isEqualTo(before);

        machines.cutPower("lab-demo.cp");
        assertThat(machines.state("lab-demo.cp"))
                .as("not what was heard before")
                .isEqualTo("shutoff");
        machines.close();
    }

    @ParameterizedTest
    @CsvSource({"Running, true", "Starting, true", "Stopped, false"})
    void aMachineThatIsOffDoesNotRunThoughItsPodHasYetToGo(String status, boolean isRunning) {
        server.expect()
                .get()
                .withPath(MACHINES + "/cp")
                .andReturn(200, listed(status).replace("\"status\": {", "\"status\": {\"created\": true, "))
                .always();

        assertThat(machines().isRunning("lab-demo.cp")).isEqualTo(isRunning);
    }

    @Test
    void aScreenshotIsKubevirtsOwn() {
        server.expect()
                .get()
                .withPath(ALL + "virtualmachineinstances/cp/vnc/screenshot")
                .andReturn(200, "a picture")
                .once();

        assertThat(machines().screenshot("lab-demo.cp")).asString().isEqualTo("a picture");
    }

    private static final String CONSOLE = ALL + "virtualmachineinstances/cp/console";

    private boolean joinConsole(InputStream keys, OutputStream screen) throws InterruptedException {
        return ((Console.Line) machines().console("lab-demo.cp")).join(keys, screen);
    }

    @Test
    void aConsoleShowsWhatTheMachineWritesAndBringsItWhatIsTyped() throws Exception {
        server.expect()
                .withPath(CONSOLE)
                .andUpgradeToWebSocket()
                .open()
                .expect("uname\n")
                .andEmit("Linux\n")
                .once()
                .done()
                .once();
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        // Nothing more is typed until the answer is on the screen.
        InputStream keys = new SequenceInputStream(
                new ByteArrayInputStream("uname\n".getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() {
                        try {
                            new Run(event -> {})
                                    .await("", "the answer", Duration.ofMinutes(1))
                                    .until(() -> screen.size() > 0
                                            ? new Reading.Ready<>("")
                                            : new Reading.NotYet<>("nothing is shown"));
                        } catch (InterruptedException end) {
                            Thread.currentThread().interrupt();
                        }
                        return -1;
                    }
                });

        assertThat(joinConsole(keys, screen)).as("the user left").isTrue();

        assertThat(screen).hasToString("Linux\n");
        assertThat(server.takeRequest().getHeader("Sec-WebSocket-Protocol")).isEqualTo("plain.kubevirt.io");
    }

    @Test
    void aConsoleEndsWithItsMachine() throws Exception {
        server.expect()
                .withPath(CONSOLE)
                .andUpgradeToWebSocket()
                .open("bye\n")
                .done()
                .once();
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (PipedInputStream nothingTyped = new PipedInputStream(new PipedOutputStream())) {
            assertThat(joinConsole(nothingTyped, screen)).as("the user left").isFalse();
        }

        assertThat(screen).hasToString("bye\n");
    }

    @Test
    void aMachineThatIsOffHasNoConsole() {
        server.expect().get().withPath(CONSOLE).andReturn(409, "{}").once();

        assertThatThrownBy(() -> joinConsole(InputStream.nullInputStream(), OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.what()).isEqualTo("there is no console of cp");
                    assertThat(failure.next()).isEqualTo("lab start LAB switches it on");
                });
    }

    @Test
    void aPodThatEndedBeforeItsMachineSaysHow() {
        String namespace = "/api/v1/namespaces/lab-demo/";
        server.expect()
                .get()
                .withPath(namespace + "events")
                .andReturn(200, "{\"kind\": \"EventList\", \"apiVersion\": \"v1\", \"items\": []}")
                .always();
        server.expect()
                .get()
                .withPath(namespace + "pods?labelSelector=vm.kubevirt.io%2Fname%3Dcp")
                .andReturn(200, """
                        {"kind": "PodList", "apiVersion": "v1", "items": [
                          {"metadata": {"name": "virt-launcher-cp-old"}, "status": {"containerStatuses": [
                            {"name": "compute", "state": {"terminated": {"exitCode": 0}}}]}},
                          {"metadata": {"name": "virt-launcher-cp-x1"}, "status": {"containerStatuses": [
                            {"name": "guest-console-log", "state": {"terminated": {"exitCode": 1}}},
                            {"name": "compute", "state": {"terminated": {"exitCode": 2, "finishedAt": "2026-11-28T09:52:00Z"}}}]}}]}
                        """)
                .always();
        server.expect()
                .get()
                .withPath(namespace + "pods/virt-launcher-cp-x1/log?pretty=false&container=compute&tailLines=5")
                .andReturn(200, "panic: libvirt hook client binary not found\n\ngoroutine 1 [running]:\n")
                .always();

        assertThat(machines().notes("lab-demo.cp"))
                .containsExactly(
                        "2026-11-28T09:52:00Z container compute of Pod/virt-launcher-cp-x1 ended with exit status 2",
                        "compute: panic: libvirt hook client binary not found",
                        "compute: ",
                        "compute: goroutine 1 [running]:");
    }

    @Test
    void memoryThatCanNotBeKeptIsRefused() {
        assertThatThrownBy(() -> machines().description("lab-demo.cp"))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.why())
                        .isEqualTo("KubeVirt can't save a machine's memory"));
    }
}
