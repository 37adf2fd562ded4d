package vmlab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vmlab.boot.ProvisionScript.Ran;
import vmlab.diagnose.Diagnosis;
import vmlab.diagnose.Evidence;
import vmlab.diagnose.Finding;
import vmlab.machine.Needs;
import vmlab.run.Event;
import vmlab.spec.Provision;
import vmlab.spec.Specs;
import vmlab.ssh.NodeServer;
import vmlab.ssh.PublicKeys;
import vmlab.ssh.SshKeyPair;

/** The node's own script, with repositories that lie on other servers: over SSH and HTTPS, with the key from the config disk. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("git upload-pack")
class GitRemotesTest {

    private static final String SECRET = "not-for-any-log";

    @TempDir
    Path folder;

    private final SshKeyPair key = SshKeyPair.generate("deploy");
    private Path source;
    private Path bare;
    private ProvisionScript node;

    @BeforeEach
    void aRepository() throws Exception {
        Needs.programs("ssh");
        source = Files.createDirectories(folder.resolve("source"));
        bare = folder.resolve("remote.git");
        write("run.sh", "echo ran at $PROVISION_COMMIT");
        Git.in(source).run("init", "-q", "-b", "main");
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", bare.toString());
        publish();
        Files.writeString(folder.resolve("key"), key.privateText());
        Files.setPosixFilePermissions(
                folder.resolve("key"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        node = new ProvisionScript(Files.createDirectories(folder.resolve("node")));
    }

    @Test
    void overSshWithItsKeyAndTheServersOwn() throws Exception {
        try (NodeServer server = sshServer()) {
            Ran ran = node.run(url(server), trusting(server));

            assertThat(ran.exit()).as(ran.out()).isZero();
            assertThat(ran.out()).contains("ran at " + commit());
            assertThat(node.said("provision")).contains("exit 0 at " + commit());
        }
    }

    @Test
    void overSshAKeyThatIsNotLetInIsSaidToBe() throws Exception {
        Files.writeString(folder.resolve("key"), SshKeyPair.generate("other").privateText());
        try (NodeServer server = sshServer()) {
            assertThat(node.run(url(server), trusting(server)).exit()).isEqualTo(3);
        }
        assertThat(node.said("provision-failed")).contains("Permission denied", "no earlier checkout");
        assertThat(diagnosis(node)).isEqualTo("git-key-refused");
    }

    @Test
    void overSshAServerThatIsAnotherGetsNothing() throws Exception {
        try (NodeServer server = sshServer()) {
            Map<String, String> settings = trusting(server, SshKeyPair.generate("impostor"));
            assertThat(node.run(url(server), settings).exit()).isEqualTo(3);
        }
        assertThat(node.said("provision-failed")).contains("Host key verification failed");
        assertThat(diagnosis(node)).isEqualTo("git-server-unknown");
    }

    @Test
    void aRefAndAScriptThatAreNotThereFailAtOnce() throws Exception {
        try (NodeServer server = sshServer()) {
            Map<String, String> settings = trusting(server);
            settings.put("PROVISION_REF", "mian");
            Ran ran = node.run(url(server), settings);
            assertThat(ran.exit()).as(ran.out()).isEqualTo(3);
            assertThat(ran.out()).doesNotContain("attempt");
            assertThat(node.said("provision-failed")).contains("has no mian");

            Git.in(source).run("rm", "-q", "run.sh");
            write("other.sh", "echo other");
            publish();
            assertThat(node.run(url(server), trusting(server)).exit()).isEqualTo(4);
            assertThat(node.said("provision-failed")).contains(commit() + " has no run.sh");
        }
    }

    @Test
    void whenTheServerIsAwayTheLastGoodCheckoutRunsAndSaysSo() throws Exception {
        String url;
        Map<String, String> settings;
        try (NodeServer server = sshServer()) {
            url = url(server);
            settings = trusting(server);
            assertThat(node.run(url, settings).exit()).isZero();
        }
        String good = commit();
        write("run.sh", "echo never seen");
        publish();

        Ran away = node.run(url, settings);
        assertThat(away.exit()).as(away.out()).isZero();
        assertThat(away.out()).contains("attempt 1 of 2", "ran at " + good).doesNotContain("never seen");
        assertThat(node.said("provision")).contains(good + ", the last good checkout, for the repository is away");
    }

    @Test
    void aServerThatNeverHangsUpIsNotWaitedFor() throws Exception {
        try (NodeServer server =
                new NodeServer(key.publicKey(), command -> command + "; exec >&- 2>&-; exec sleep 90")) {
            Map<String, String> settings = trusting(server);
            settings.put("PROVISION_REF", "mian");
            Instant begin = Instant.now();
            Ran ran = node.run(url(server), settings);
            assertThat(ran.exit()).as(ran.out()).isEqualTo(3);
            assertThat(Duration.between(begin, Instant.now())).as(ran.out()).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void aServerThatTakesTheCallAndSaysNothingIsAway() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.ofLiteral("127.0.0.1"))) {
            Instant begin = Instant.now();
            Ran ran = node.run(
                    "https://127.0.0.1:" + silent.getLocalPort() + "/x.git", Map.of("PROVISION_GIT_TIMEOUT", "1"));
            assertThat(ran.exit()).isEqualTo(3);
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(node.said("provision-failed")).contains("no answer within 1 s");
            assertThat(diagnosis(node)).isEqualTo("git-away");
        }
    }

    @Test
    void overHttpsWithTheNameAndPasswordOfTheKeyWhichNoLogShows() throws Exception {
        HttpsServer server = httpsServer();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            String url = "https://" + host + GitHttp.PATH;
            Path line = Files.writeString(folder.resolve("line"), "https://lab:" + SECRET + "@" + host + "\n");
            var settings = new HashMap<>(Map.of(
                    "PROVISION_KEY", line.toString(),
                    "GIT_SSL_CAINFO", folder.resolve("server.pem").toString()));

            Ran ran = node.run(url, settings);
            assertThat(ran.exit()).as(ran.out()).isZero();
            assertThat(ran.out()).contains("ran at " + commit());
            assertThat(Files.readString(node.console())
                            + ran.out()
                            + Files.readString(node.folder().resolve("log")))
                    .doesNotContain(SECRET);

            Files.writeString(line, "https://lab:wrong@" + host + "\n");
            ProvisionScript second = new ProvisionScript(Files.createDirectories(folder.resolve("second")));
            Ran refused = second.run(url, settings);
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(diagnosis(second)).as(refused.out()).isEqualTo("git-key-refused");
            assertThat(refused.out()).containsAnyOf("Authentication failed", "could not read Username");

            settings.remove("GIT_SSL_CAINFO");
            ProvisionScript third = new ProvisionScript(Files.createDirectories(folder.resolve("third")));
            Ran stranger = third.run(url, settings);
            assertThat(stranger.exit()).isEqualTo(3);
            assertThat(diagnosis(third)).as(stranger.out()).isEqualTo("git-server-unknown");
            assertThat(stranger.out()).containsIgnoringCase("certificate");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"lab:" + SECRET, SECRET})
    void overHttpsWithWhatTheUrlOfClusterYamlHolds(String who) throws Exception {
        HttpsServer server = httpsServer();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            Files.writeString(folder.resolve("recipe.yaml"), "");
            Path yaml = Files.writeString(
                    folder.resolve("cluster.yaml"),
                    "apiVersion: lab/v1\nname: demo\nimage: recipe.yaml\nnodes: [{name: cp}]\nprovision: {git: 'https://"
                            + who + "@" + host + GitHttp.PATH + "'}\n");
            Provision provision = Specs.readCluster(yaml).provision().orElseThrow();
            Path line = Files.writeString(
                    folder.resolve("line"),
                    provision.credentials().orElseThrow().line() + "\n");

            Ran ran = node.run(
                    provision.git(),
                    Map.of(
                            "PROVISION_KEY", line.toString(),
                            "GIT_SSL_CAINFO", folder.resolve("server.pem").toString()));

            assertThat(ran.exit()).as(ran.out()).isZero();
            assertThat(ran.out() + Files.readString(node.console()))
                    .contains("ran at " + commit())
                    .doesNotContain(SECRET);
        } finally {
            server.stop(0);
        }
    }

    /** What a diagnosis makes of the script's last word. */
    private static String diagnosis(ProvisionScript node) throws IOException {
        String name = "provision-failed";
        String text = node.said(name).replace("lab: " + name + " ", "");
        var said = new Event.Milestone(Instant.now(), "n", name, text, Duration.ofMinutes(1));
        return Diagnosis.of(new Evidence(
                        "n", "", "running", new Evidence.Host(1L << 40, 1L << 40), List.of(said), Map.of()))
                .first()
                .map(Finding::cause)
                .orElse("none");
    }

    private NodeServer sshServer() throws IOException {
        return new NodeServer(
                key.publicKey(),
                command -> command.startsWith("git-upload-pack ") ? command : "echo only to be read >&2; exit 1");
    }

    private String url(NodeServer server) {
        return "ssh://root@127.0.0.1:" + server.address().getPort() + bare;
    }

    private Map<String, String> trusting(NodeServer server) throws IOException {
        return trusting(server, server.hostKey);
    }

    private Map<String, String> trusting(NodeServer server, SshKeyPair whom) throws IOException {
        Path known = Files.writeString(
                folder.resolve("known_hosts"),
                PublicKeys.knownHostsLine("[127.0.0.1]:" + server.address().getPort(), whom.publicKey()) + "\n");
        return new HashMap<>(
                Map.of("PROVISION_KEY", folder.resolve("key").toString(), "PROVISION_KNOWN_HOSTS", known.toString()));
    }

    /** The repository over HTTPS, with a certificate that only this test vouches for. */
    private HttpsServer httpsServer() throws Exception {
        Path store = folder.resolve("server.p12");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=git", "-ext", "san=ip:127.0.0.1", "-keystore", store);
        keytool("-exportcert", "-rfc", "-file", folder.resolve("server.pem"), "-keystore", store);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(KeyStore.getInstance(store.toFile(), SECRET.toCharArray()), SECRET.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 8);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(GitHttp.PATH, new GitHttp(bare)).setAuthenticator(new BasicAuthenticator("git") {
            @Override
            public boolean checkCredentials(String name, String password) {
                return name.equals("lab") && password.equals(SECRET) || name.equals(SECRET) && password.isEmpty();
            }
        });
        server.start();
        return server;
    }

    private static void keytool(Object... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-alias",
                "git",
                "-storepass",
                SECRET));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes());
        assertThat(tool.waitFor()).as(said).isZero();
    }

    private String commit() throws InterruptedException {
        return Git.in(source).run("rev-parse", "--short=12", "HEAD");
    }

    private void publish() throws InterruptedException {
        Git.in(source).run("add", ".");
        Git.in(source).run("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "next");
        Git.in(source).run("push", "-q", "--force", bare.toString(), "main");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(source.resolve(name), text + "\n");
    }
}
