package vmlab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;
import vmlab.run.Reading;

class SshSessionTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final SshKeyPair user = SshKeyPair.generate("lab");
    private NodeServer node;
    private Path key;

    @BeforeEach
    void start() throws Exception {
        node = new NodeServer(user.publicKey());
        key = NodeServer.userKey(folder, user);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void runsACommandAndReturnsWhatItWrote() throws Exception {
        try (SshSession session = opened()) {
            assertThat(session.exec("echo one; echo two", LIMIT)).isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void aSecondCommandUsesTheSameConnection() throws Exception {
        try (SshSession session = opened()) {
            session.exec("true", LIMIT);
            session.exec("true", LIMIT);
            assertThat(node.server.getActiveSessions()).hasSize(1);
        }
    }

    @Test
    void aFailedCommandTellsItsStatusAndTheEndOfItsStderr() throws Exception {
        try (SshSession session = opened()) {
            assertThatThrownBy(() -> session.exec("echo 'no admin.crt' >&2; exit 3", LIMIT))
                    .isInstanceOf(LabFailure.class)
                    .hasMessageContaining("exit status 3")
                    .hasMessageContaining("no admin.crt");
        }
    }

    @Test
    void runReturnsBothStreamsAndTheStatus() throws Exception {
        try (SshSession session = opened()) {
            CommandResult result = session.run("echo out; echo err >&2; exit 7", LIMIT);
            assertThat(result.exit()).isEqualTo(7);
            assertThat(result.stdout()).isEqualTo("out\n");
            assertThat(result.stderr()).isEqualTo("err\n");
        }
    }

    @Test
    void aCommandThatDoesNotEndIsGivenUp() throws Exception {
        try (SshSession session = opened()) {
            assertThatThrownBy(() -> session.exec("echo begun; sleep 60", Duration.ofMillis(700)))
                    .isInstanceOf(LabFailure.class)
                    .hasMessageContaining("did not end within")
                    .hasMessageContaining("begun");
            assertThat(session.exec("echo still", LIMIT)).isEqualTo("still\n");
        }
    }

    @Test
    void anInterruptionEndsACommand() throws Exception {
        try (SshSession session = opened()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> session.exec("sleep 60", LIMIT)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void anInterruptionEndsALogin() throws Exception {
        try (var mute = new ServerSocket(0)) {
            var address = new InetSocketAddress("127.0.0.1", mute.getLocalPort());
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> attempt(address, node.hostKey.publicKey(), LIMIT))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void readsAFileWithAnAwkwardName() throws Exception {
        Path file = folder.resolve("it's a file");
        Files.write(file, new byte[] {0, 1, 2, (byte) 255});
        try (SshSession session = opened()) {
            assertThat(session.read(file.toString())).containsExactly(0, 1, 2, 255);
            assertThatThrownBy(() -> session.read("/nonexistent")).hasMessageContaining("No such file");
        }
    }

    @Test
    void aCommandOnABrokenConnectionFailsAsALab() throws Exception {
        try (SshSession session = opened()) {
            node.close();
            assertThatThrownBy(() -> session.exec("true", LIMIT)).isInstanceOf(LabFailure.class);
        }
    }

    @Test
    void nobodyListeningIsNotYet() throws Exception {
        // A port that is held, so that no other test's server gets it, and at which nobody listens.
        try (Socket held = new Socket()) {
            held.bind(new InetSocketAddress("127.0.0.1", 0));
            var address = new InetSocketAddress("127.0.0.1", held.getLocalPort());
            assertThat(attempt(address, node.hostKey.publicKey(), LIMIT))
                    .isInstanceOfSatisfying(
                            Reading.NotYet.class, it -> assertThat(it.why()).startsWith("connection refused"));
        }
    }

    @Test
    void aPortWithoutABannerIsNotYet() throws Exception {
        try (var mute = new ServerSocket(0)) {
            var address = new InetSocketAddress("127.0.0.1", mute.getLocalPort());
            assertThat(attempt(address, node.hostKey.publicKey(), Duration.ofMillis(800)))
                    .isInstanceOfSatisfying(
                            Reading.NotYet.class, it -> assertThat(it.why()).contains("no SSH banner yet"));
        }
    }

    @Test
    void anotherHostKeyIsNeverAndNamesBothFingerprints() throws Exception {
        PublicKey other = SshKeyPair.generate("other").publicKey();
        assertThat(attempt(node.address(), other, LIMIT))
                .isInstanceOfSatisfying(Reading.Never.class, it -> assertThat(it.why())
                        .contains(PublicKeys.fingerprint(other))
                        .contains(PublicKeys.fingerprint(node.hostKey.publicKey())));
    }

    @Test
    void aRefusedKeyIsNever() throws Exception {
        key = NodeServer.userKey(folder, SshKeyPair.generate("stranger"));
        assertThat(attempt(node.address(), node.hostKey.publicKey(), LIMIT))
                .isInstanceOfSatisfying(
                        Reading.Never.class, it -> assertThat(it.why()).contains("refuses the lab's key"));
    }

    private SshSession opened() throws InterruptedException {
        var reading = attempt(node.address(), node.hostKey.publicKey(), LIMIT);
        assertThat(reading).isInstanceOf(Reading.Ready.class);
        return ((Reading.Ready<SshSession>) reading).value();
    }

    private Reading<SshSession> attempt(InetSocketAddress address, PublicKey hostKey, Duration limit)
            throws InterruptedException {
        return SshSession.open(address, "root", key, hostKey, limit);
    }
}
