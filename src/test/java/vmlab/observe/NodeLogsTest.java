package vmlab.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.diagnose.Source;

/** The image's own run-k0s writes the logs, the script that a node is asked with reads them; only their folders are ours. */
class NodeLogsTest {

    private static final Path LIB = Path.of("images/debian/usr/lib/lab").toAbsolutePath();

    @TempDir
    Path folder;

    private Path run;
    private Path log;

    @BeforeEach
    void aNode() throws IOException {
        run = Files.createDirectories(folder.resolve("run"));
        log = Files.createDirectories(folder.resolve("log"));
    }

    @Test
    void whatAnEarlierBootWroteIsNotSaidOfThisOne() throws Exception {
        k0sSays("listen tcp 0.0.0.0:6443: bind: address already in use");
        k0sSays("listen tcp 0.0.0.0:6443: bind: address already in use, again");
        assertThat(says().get(Source.K0S)).contains("in use\n", "in use, again").doesNotContain("-- lab");

        Files.delete(run.resolve("k0s-starts"));
        assertThat(says()).as("k0s has not started in this boot").doesNotContainKey(Source.K0S);

        k0sSays("all is well");
        assertThat(says().get(Source.K0S)).isEqualTo("all is well");
        k0sSays("and still is");
        assertThat(says().get(Source.K0S)).isEqualTo("all is well\nand still is");
    }

    @Test
    void theMarksStayForWhoeverReadsTheWholeLog() throws Exception {
        k0sSays("one");
        Files.delete(run.resolve("k0s-starts"));
        k0sSays("two");

        assertThat(Files.readString(log.resolve("k0s.err")))
                .matches("-- lab: k0s service started at 20\\S+Z\none\n-- lab: k0s service started at 20\\S+Z\ntwo\n");
        assertThat(Files.readString(log.resolve("k0s.log"))).matches("(-- lab: k0s service started at 20\\S+Z\n){2}");
    }

    @Test
    void aNodeWhoseImageIsOlderThanTheMarksIsReadAsAWhole() throws Exception {
        Files.writeString(run.resolve("k0s-starts"), "1\n");
        Files.writeString(log.resolve("k0s.err"), "said before there were marks\n");
        Files.writeString(log.resolve("provision.log"), "exit 0 after 2 s\n");

        assertThat(says())
                .containsEntry(Source.K0S, "said before there were marks")
                .containsEntry(Source.PROVISION, "exit 0 after 2 s")
                .hasEntrySatisfying(Source.NODE, it -> assertThat(it).contains("MemTotal"));
    }

    @Test
    void itSaysWhatTimeItHas() throws Exception {
        assertThat(NodeLogs.clock(said()))
                .hasValueSatisfying(clock -> assertThat(clock).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES)));
        assertThat(NodeLogs.clock("clock stands still\n")).isEmpty();
    }

    private Map<Source, String> says() throws Exception {
        return NodeLogs.parse(said());
    }

    private String said() throws Exception {
        Process node = new ProcessBuilder(
                        "sh",
                        "-c",
                        NodeLogs.SCRIPT
                                .replace("/run/lab", run.toString())
                                .replace("\"$log\"", "\"" + log + "/${log##*/}\"")
                                .replace("tail -c 40000 /var/log", "tail -c 40000 " + log))
                .start();
        return new String(node.getInputStream().readAllBytes());
    }

    /** As the service does it: both logs are added to. */
    private void k0sSays(String words) throws Exception {
        Path k0s = Files.writeString(folder.resolve("k0s"), "#!/bin/sh\necho '" + words + "' >&2\nexit 1\n");
        assertThat(k0s.toFile().setExecutable(true)).isTrue();
        ProcessBuilder service = new ProcessBuilder("sh", LIB.resolve("run-k0s").toString(), "controller");
        service.environment()
                .putAll(Map.of(
                        "LAB_LIB", LIB.toString(),
                        "LAB_RUN", run.toString(),
                        "LAB_K0S", k0s.toString(),
                        "LAB_CONSOLE", "/dev/null",
                        "LAB_URL", ""));
        service.redirectOutput(
                ProcessBuilder.Redirect.appendTo(log.resolve("k0s.log").toFile()));
        service.redirectError(
                ProcessBuilder.Redirect.appendTo(log.resolve("k0s.err").toFile()));
        assertThat(service.start().waitFor()).isOne();
    }
}
