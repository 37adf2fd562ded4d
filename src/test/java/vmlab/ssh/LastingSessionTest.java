package vmlab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Run;

class LastingSessionTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void itIsOpenedAnewWhereTheConnectionBroke() throws Exception {
        SshKeyPair user = SshKeyPair.generate("lab");
        Path key = NodeServer.userKey(folder, user);
        try (NodeServer node = new NodeServer(user.publicKey())) {
            LastingSession.Login login =
                    () -> SshSession.open(node.address(), "root", key, node.hostKey.publicKey(), LIMIT);
            SshSession first = ((Reading.Ready<SshSession>) login.attempt()).value();
            try (LastingSession lasting = new LastingSession(first, login)) {
                assertThat(said(lasting, "echo one")).isEqualTo("one\n");

                node.server.getActiveSessions().forEach(session -> session.close(true));

                assertThat(new Run(event -> {})
                                .await("", "an answer", Duration.ofMinutes(1))
                                .<String>until(() -> lasting.run("echo two", LIMIT)
                                                        instanceof Reading.Ready<CommandResult>(var result)
                                                && result.exit() == 0
                                        ? new Reading.Ready<>(result.stdout())
                                        : new Reading.NotYet<>("it broke")))
                        .isEqualTo("two\n");
                assertThatThrownBy(() -> lasting.run("sleep 30", Duration.ofMillis(200)))
                        .as("the connection stands")
                        .isInstanceOf(LabFailure.class);
            }
            // The other side hears of it a moment later.
            new Run(event -> {})
                    .await("", "its end", Duration.ofMinutes(1))
                    .until(() -> node.server.getActiveSessions().isEmpty()
                            ? new Reading.Ready<>("")
                            : new Reading.NotYet<>("a session is open"));
        }
    }

    private static String said(LastingSession session, String command) throws InterruptedException {
        return ((Reading.Ready<CommandResult>) session.run(command, LIMIT))
                .value()
                .stdout();
    }
}
