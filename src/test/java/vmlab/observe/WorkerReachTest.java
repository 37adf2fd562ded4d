package vmlab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.kube.ClusterKeys;
import vmlab.kube.JoinServer;
import vmlab.kube.JoinToken;
import vmlab.run.Reading;
import vmlab.ssh.NodeServer;
import vmlab.ssh.SshKeyPair;
import vmlab.ssh.SshSession;

/** A worker is a real SSH server here, the API a real TLS server; only the worker's files are ours. */
class WorkerReachTest {

    private static ClusterKeys cluster;

    private final JoinToken known = new JoinToken(JoinToken.Kind.WORKER, "abcdef", "ghijklmnopqrstuv", Instant.MAX);
    private final SshKeyPair user = SshKeyPair.generate("lab");

    @TempDir
    Path folder;

    private NodeServer worker;
    private JoinServer api;

    @BeforeAll
    static void makeKeys() throws InterruptedException {
        cluster = ClusterKeys.create();
    }

    @BeforeEach
    void start() throws Exception {
        api = new JoinServer(cluster, known);
        worker = new NodeServer(user.publicKey(), this::onThatNode);
    }

    @AfterEach
    void stop() throws Exception {
        worker.close();
        api.close();
    }

    private String onThatNode(String command) {
        return command.replace("/etc/k0s/", folder + "/")
                .replace("/var/log/", folder + "/")
                .replace("ip -o route get 127.0.0.1", "echo 127.0.0.1 dev eth0 src 10.77.0.12")
                .replace("busybox ping -c 1 -W 3 127.0.0.1", "true");
    }

    private String look() throws Exception {
        Path key = NodeServer.userKey(folder, user);
        var login = SshSession.open(worker.address(), "root", key, worker.hostKey.publicKey(), Duration.ofSeconds(10));
        assertThat(login).isInstanceOf(Reading.Ready.class);
        try (var session = ((Reading.Ready<SshSession>) login).value()) {
            return new WorkerReach("w1").look(session);
        }
    }

    private void hasToken(JoinToken token, String server, ClusterKeys of) throws Exception {
        Files.writeString(folder.resolve("token"), token.text(server, of.files().get("ca.crt")));
    }

    @Test
    void withoutATokenTheConfigDiskIsToBlame() throws Exception {
        assertThat(look()).startsWith("w1 has no join token").contains("config disk");
    }

    @Test
    void anApiThatDoesNotListenIsNamedWithItsAddress() throws Exception {
        hasToken(known, api.url(), cluster);
        api.close();
        assertThat(look())
                .contains("the API at " + api.url().substring("https://".length()))
                .contains("cannot be reached")
                .contains("a ping is answered");
    }

    @Test
    void anotherClustersCertificateEndsAtTls() throws Exception {
        hasToken(known, api.url(), ClusterKeys.create());
        assertThat(look()).contains("TLS with 127.0.0.1").contains("fails");
    }

    @Test
    void aTokenThatIsNotKnownIsRefused() throws Exception {
        hasToken(new JoinToken(JoinToken.Kind.WORKER, "strang", "erstrangerstrang", Instant.MAX), api.url(), cluster);
        assertThat(look()).contains("refuses its token (401").contains("bootstrap-token-strang");
    }

    @Test
    void whereEveryHopIsFineK0sHasTheLastWord() throws Exception {
        hasToken(known, api.url(), cluster);
        Files.writeString(folder.resolve("k0s.err"), "first\ncontainerd: no space left on device\n");
        assertThat(look()).contains("reaches the API, and its token is taken").contains("no space left on device");

        Files.writeString(
                folder.resolve("k0s.err"), "of an earlier boot\n" + NodeLogs.START + "2026-11-23T04:14:46Z\n");
        assertThat(look()).endsWith("its k0s said last: (nothing)");
    }

    @Test
    void aTokenFileThatIsNoneIsSaidToBeSo() throws Exception {
        Files.writeString(folder.resolve("token"), "hello");
        assertThat(look()).contains("cannot be read");
    }
}
