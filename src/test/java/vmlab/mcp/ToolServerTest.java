package vmlab.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.run.LabFailure;

/** An agent and the server, with a {@code lab} that is a script of the test's. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class ToolServerTest {

    @TempDir
    private Path folder;

    private Agent agent;
    private CompletableFuture<Void> served;

    @BeforeEach
    void aServerAndItsAgent() throws IOException {
        PipedOutputStream said = new PipedOutputStream();
        PipedOutputStream answered = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(said);
        agent = new Agent(new PipedInputStream(answered, 1 << 20), said);
        served = CompletableFuture.runAsync(
                () -> {
                    try {
                        new ToolServer(List.of(folder.resolve("lab").toString(), "--connect=x")).serve(in, answered);
                    } catch (InterruptedException impossible) {
                        throw new AssertionError(impossible);
                    }
                },
                task -> Thread.ofPlatform().start(task));
        lab("echo \"$*\"");
        agent.initialize();
    }

    @AfterEach
    void end() throws IOException {
        agent.close();
    }

    private void lab(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("lab"), "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private JsonNode answer(String tool, String arguments) throws IOException {
        agent.call(tool, tool, arguments);
        return agent.answerTo(tool).path("result");
    }

    private static List<String> texts(JsonNode answer) {
        return answer.path("content")
                .valueStream()
                .map(content -> content.path("text").asText())
                .toList();
    }

    /** That the lab of the test has said so. */
    private void heardProgress(String id) throws IOException {
        while (agent.progressOf(id).isEmpty()) {
            agent.hear();
        }
    }

    @Test
    void aCallIsTheCommandLineThatAUserWouldWrite() throws IOException {
        assertThat(texts(answer("logs", "{\"node\":\"-w1\",\"log\":\"k0s\",\"lab\":\"demo\",\"lines\":7}")))
                .contains("--connect=x logs demo k0s --node=-w1");
        lab("echo \"$*\" >&2");
        assertThat(texts(answer("up", "{\"lab\":\"a b.yaml\",\"keep\":true,\"fresh\":false}")))
                .contains("--connect=x up a b.yaml --keep -o json");
    }

    @Test
    void theDocumentIsAnsweredAsTextAndAsJson() throws IOException {
        lab("printf '[\\n {\"lab\": \"a\"},\\n {\"lab\": \"b\"}\\n]\\n'");

        JsonNode answer = answer("list", "{}");

        assertThat(answer.path("isError").asBoolean(true)).isFalse();
        assertThat(answer.path("structuredContent"))
                .hasToString("{\"exitStatus\":0,\"meaning\":\"done\",\"result\":[{\"lab\":\"a\"},{\"lab\":\"b\"}]}");
        assertThat(texts(answer)).containsExactly("[{\"lab\":\"a\"},{\"lab\":\"b\"}]", "exit status 0: done");
    }

    @Test
    void ofAStreamOfEventsTheResultIsAnsweredAndOfAFailedOneWhichPhaseFailed() throws IOException {
        lab("echo '{\"event\":\"PhaseDone\"}'; echo '{\"event\":\"Result\",\"lab\":\"demo\"}'");
        assertThat(answer("up", "{\"lab\":\"demo.yaml\"}").at("/structuredContent/result"))
                .hasToString("{\"event\":\"Result\",\"lab\":\"demo\"}");
        agent.heard().clear();
        lab("echo '{\"event\":\"PhaseFailed\",\"why\":\"x\"}'; echo '{\"event\":\"Noted\"}'; echo cut; exit 1");
        JsonNode failed = answer("up", "{\"lab\":\"demo.yaml\"}");
        assertThat(failed.path("isError").asBoolean()).isTrue();
        assertThat(failed.path("structuredContent"))
                .hasToString("{\"exitStatus\":1,\"meaning\":\"the lab failed\","
                        + "\"result\":{\"event\":\"PhaseFailed\",\"why\":\"x\"}}");
    }

    @Test
    void theLastLinesOfALogAreAnswered() throws IOException {
        lab("seq 1000; printf 'a\\e[2Jb\\n'");

        assertThat(texts(answer("logs", "{\"lab\":\"demo\",\"lines\":3}")).getFirst())
                .isEqualTo("999\n1000\nab");
        agent.heard().clear();
        assertThat(texts(answer("logs", "{\"lab\":\"demo\"}")).getFirst().lines())
                .hasSize(200);
    }

    @Test
    void argumentsThatAreNotAsTheSchemaHasThemRunNothing() throws IOException {
        lab("touch " + folder.resolve("ran"));
        for (String arguments : List.of(
                "{}",
                "{\"lab\":\"--help\"}",
                "{\"lab\":7}",
                "{\"lab\":\"demo\",\"keep\":\"yes\"}",
                "{\"lab\":\"demo\",\"connect\":\"x\"}")) {
            agent.heard().clear();
            JsonNode answer = answer("up", arguments);
            assertThat(answer.path("isError").asBoolean()).as(arguments).isTrue();
            assertThat(texts(answer).getFirst()).contains("input validation failed");
        }
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void whatACommandSaysIsItsProgress() throws IOException {
        lab("echo one >&2; echo two >&2; exit 3");

        JsonNode answer = answer("test", "{\"lab\":\"demo\"}");

        assertThat(agent.progressOf("test")).containsExactly("one", "two");
        assertThat(texts(answer)).containsExactly("one\ntwo", "exit status 3: this machine can't");
    }

    @Test
    void callsRunSideBySideAndNoMessageIsLost() throws IOException {
        lab("for i in $(seq 50); do echo $i >&2; done");
        for (int i = 0; i < 20; i++) {
            agent.call("c" + i, "status", "{\"lab\":\"demo\"}");
        }
        for (int i = 0; i < 20; i++) {
            agent.answerTo("c" + i);
            assertThat(agent.progressOf("c" + i)).hasSize(50);
        }
    }

    @Test
    void aCancelledCallWindsDownAndIsNotAnswered() throws IOException {
        lab("trap 'kill $!; sleep 0.2; echo down >ended; exit 143' TERM; cd %s; echo up >&2; sleep 50 & wait"
                .formatted(folder));
        agent.call("first", "up", "{\"lab\":\"demo.yaml\"}");
        heardProgress("first");

        agent.cancel("none");
        agent.cancel("first");

        lab("until [ -s %s/ended ]; do sleep 0.1; done".formatted(folder));
        answer("down", "{\"lab\":\"demo\"}");
        assertThat(agent.heard())
                .noneMatch(message -> message.path("id").asText().equals("first"));
    }

    @Test
    void whenTheAgentEndsAllThatItBeganWindsDownFirst() throws Exception {
        lab("trap 'kill $!; sleep 0.5; echo down >ended; exit 143' TERM; cd %s; echo up >&2; sleep 50 & wait"
                .formatted(folder));
        agent.call("first", "up", "{\"lab\":\"demo.yaml\"}");
        heardProgress("first");

        agent.close();
        served.get(20, TimeUnit.SECONDS);

        assertThat(folder.resolve("ended")).hasContent("down");
    }

    @Test
    void whatIsNoMessageEndsItWithAFailureThatSaysSo() throws IOException {
        agent.say("up demo");

        assertThatThrownBy(() -> served.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("not the Model Context Protocol");
    }
}
