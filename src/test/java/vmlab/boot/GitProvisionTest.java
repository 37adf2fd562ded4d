package vmlab.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import vmlab.run.LabFailure;

/** The node's own script, against the boot server that it has in a lab. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("git upload-pack")
class GitProvisionTest {

    @TempDir
    Path folder;

    private Path source;
    private Path bare;
    private BootServer server;

    @BeforeEach
    void serve() throws IOException {
        source = Files.createDirectories(folder.resolve("post-boot"));
        bare = folder.resolve("provision.git");
        write("run.sh", "echo ran once");
        server = new BootServer(
                new BootConfig(
                        "demo",
                        "127.0.0.1",
                        0,
                        List.of(new BootConfig.Client("cp", "52:54:00:aa:bb:cc", "127.0.0.1", "/none", "pxe", "")),
                        folder.resolve("events.jsonl").toString(),
                        "",
                        "127.0.0.1",
                        List.of(),
                        List.of(),
                        false,
                        false),
                event -> {});
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFolderIsPulledAndRunAndTheSameFilesAreTheSameCommit() throws IOException, InterruptedException {
        String commit = snapshot("HEAD");
        ProvisionScript.Ran first = provision("HEAD", 600);

        assertThat(first.out()).contains("ran once", commit);
        assertThat(first.exit()).isZero();
        assertThat(snapshot("HEAD")).isEqualTo(commit);
        assertThat(provision("HEAD", 600).out()).contains(commit);
        assertThat(said("provision")).contains("exit 0 at " + commit);
    }

    @Test
    void anEditIsPulledAndARemovedFileIsGone() throws IOException, InterruptedException {
        write("old", "x");
        snapshot("HEAD");
        provision("HEAD", 600);
        Files.delete(source.resolve("old"));
        write("run.sh", "ls");
        snapshot("HEAD");

        assertThat(provision("HEAD", 600).out()).contains("\nrun.sh\n").doesNotContain("\nold\n");
    }

    @Test
    void aBranchATagAndACommitOfARepositoryAreServedAsTheyWereCommitted() throws IOException, InterruptedException {
        git("init", "-q", "-b", "main");
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "one");
        git("tag", "v1");
        String first = Git.in(source).run("rev-parse", "HEAD");
        write("run.sh", "echo second");
        git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-a", "-m", "two");

        for (String ref : List.of("v1", first)) {
            snapshot(ref);
            assertThat(provision("HEAD", 600).out()).contains("ran once");
        }
        snapshot("main");
        assertThat(provision("HEAD", 600).out()).contains("second");
    }

    @Test
    void aWrongRefAMissingScriptAndOneThatLeadsOutAreRefusedBeforehand() throws IOException, InterruptedException {
        assertThatThrownBy(() -> new GitSource(source, "main", "run.sh").check())
                .hasMessageContaining("plain folder");
        assertThatThrownBy(() -> new GitSource(source, "HEAD", "no.sh").check()).hasMessageContaining("no.sh");
        Files.createSymbolicLink(source.resolve("out.sh"), Path.of("/bin/sh"));
        assertThatThrownBy(() -> new GitSource(source, "HEAD", "out.sh").check())
                .hasMessageContaining("leads out");
        git("init", "-q", "-b", "main");
        assertThatThrownBy(() -> new GitSource(source, "HEAD", "run.sh").check())
                .hasMessageContaining("has no HEAD");
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "one");
        assertThatThrownBy(() -> new GitSource(source, "mian", "run.sh").check())
                .isInstanceOfSatisfying(
                        LabFailure.class, refused -> assertThat(refused.why()).contains("main"));
        assertThatThrownBy(() -> new GitSource(source, "main", "no.sh").check()).hasMessageContaining("no such file");
    }

    @Test
    void whenTheRepositoryIsAwayTheLastGoodCheckoutRunsAndSaysSo() throws IOException, InterruptedException {
        assertThat(provision("HEAD", 600).exit()).isEqualTo(3);
        assertThat(said("provision-failed")).contains("no earlier checkout");
        String commit = snapshot("HEAD");
        provision("HEAD", 600);
        Files.move(bare, folder.resolve("away.git"));
        ProvisionScript.Ran away = provision("HEAD", 600);

        assertThat(away.exit()).isZero();
        assertThat(away.out()).contains("attempt 1 of 2", "ran once");
        assertThat(said("provision")).contains(commit, "last good checkout", "away");
    }

    @Test
    void aRefThatIsGoneAndAScriptThatFailsOrHangsAreFailures() throws IOException, InterruptedException {
        write("run.sh", "echo about to fail; exit 7");
        snapshot("HEAD");
        assertThat(provision("nowhere", 600).exit()).isEqualTo(3);
        assertThat(said("provision-failed")).contains("has no nowhere");
        assertThat(provision("HEAD", 600).exit()).isEqualTo(7);
        assertThat(said("provision-failed")).contains("exit 7");
        assertThat(Files.readString(folder.resolve("console"))).contains("provision: about to fail");
        write("run.sh", "sleep 60");
        snapshot("HEAD");
        assertThat(provision("HEAD", 1).exit()).isEqualTo(124);
        assertThat(said("provision-failed")).contains("longer than 1 s");
    }

    @Test
    void theRepositoryIsReadOnlyAndNothingBesidesIsServed() throws IOException, InterruptedException {
        snapshot("HEAD");
        assertThat(status("GET", "/git/provision.git/info/refs?service=git-upload-pack"))
                .isEqualTo(200);
        assertThat(status("GET", "/git/provision.git/info/refs?service=git-receive-pack"))
                .isEqualTo(403);
        assertThat(status("POST", "/git/provision.git/git-receive-pack")).isEqualTo(403);
        Files.writeString(folder.resolve("secret"), "secret");
        for (String path : List.of(
                "/git/",
                "/git/provision.git",
                "/git/provision.git/config",
                "/git/provision.git/HEAD",
                "/git/../secret",
                "/git/%2e%2e/secret",
                "/git/..%2fsecret",
                "/git/provision.git/../../secret",
                "/git/provision.git/%2e%2e/%2e%2e/secret",
                "/git/provision.git//etc/passwd",
                "/git//etc/passwd",
                "/git/../post-boot/.git/info/refs?service=git-upload-pack",
                "/git/provision.git/../../post-boot/info/refs?service=git-upload-pack",
                "/git/provision.git/info/refs?service=git-upload-pack&x=../secret",
                "/git/provision.git/info/refs?service=../../../bin/sh")) {
            assertThat(raw("GET " + path)).as(path).startsWith("HTTP/1.1 404").doesNotContain("secret\n");
        }
    }

    @Test
    @Timeout(60)
    void pullsThatGitIsSlowToAnswerHoldUpNobody() throws IOException, InterruptedException {
        snapshot("HEAD");
        // One more than there are threads that carry virtual ones.
        int count = Runtime.getRuntime().availableProcessors() + 1;
        // git opens this file before it says anything, and a pipe opens when somebody writes to it.
        Path pipe = bare.resolve("packed-refs");
        Files.deleteIfExists(pipe);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<Void>>> pulls = Stream.generate(() -> http.sendAsync(
                            request("GET", "/git/provision.git/info/refs?service=git-upload-pack"),
                            BodyHandlers.discarding()))
                    .limit(count)
                    .toList();
            while (gits() < count) {
                Thread.sleep(20);
            }

            assertThat(within10Seconds(http.sendAsync(request("GET", "/health"), BodyHandlers.discarding())))
                    .isEqualTo(200);
            assertThat(pulls).noneMatch(CompletableFuture::isDone);

            try (var writer = new RandomAccessFile(pipe.toFile(), "rw")) {
                Files.delete(pipe);
            }
            assertThat(pulls)
                    .allSatisfy(pull -> assertThat(within10Seconds(pull)).isEqualTo(200));
        }
    }

    private static int within10Seconds(CompletableFuture<HttpResponse<Void>> answer) {
        return answer.orTimeout(10, TimeUnit.SECONDS).join().statusCode();
    }

    /** How many of git's processes answer pulls now. */
    private static long gits() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("upload-pack"))
                .count();
    }

    private int status(String method, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request(method, path), BodyHandlers.discarding()).statusCode();
        }
    }

    private HttpRequest request(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.noBody())
                .build();
    }

    /** A request as written, which an HTTP client would tidy up first. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write((request + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private String snapshot(String ref) throws InterruptedException {
        return new GitSource(source, ref, "run.sh").snapshot(bare);
    }

    private void git(String... arguments) throws InterruptedException {
        Git.in(source).run(arguments);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(source.resolve(name), text + "\n");
    }

    private String said(String name) throws IOException {
        return new ProvisionScript(folder).said(name);
    }

    private ProvisionScript.Ran provision(String ref, int limit) throws IOException, InterruptedException {
        return new ProvisionScript(folder)
                .run(
                        "http://127.0.0.1:" + server.port() + "/git/provision.git",
                        Map.of("PROVISION_REF", ref, "PROVISION_TIMEOUT", "" + limit));
    }
}
