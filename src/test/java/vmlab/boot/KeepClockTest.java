package vmlab.boot;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.machine.Needs;

/**
 * The node's own clock keeper (images/debian/usr/lib/lab/keep-clock) beside a boot server whose clock is another. It may not change this
 * machine's clock: what it would call for that is written down instead.
 */
class KeepClockTest {

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private HttpServer server;
    private Duration serverAhead = Duration.ZERO;
    private String pause = "0.1";
    private String kernelSays = "";

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        Needs.programs("busybox");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/clock",
                exchange -> BootServer.answerClock(exchange, Instant.now().plus(serverAhead)));
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void aClockThatIsFarBehindIsSetAtAFullSecondAndThatIsTold() throws Exception {
        serverAhead = Duration.ofHours(1);

        List<String> calls = firstCalls();

        assertThat(calls.getFirst()).matches("date -u -s @\\d+");
        Instant set = Instant.ofEpochSecond(Long.parseLong(calls.getFirst().replaceAll("\\D", "")));
        assertThat(Duration.between(Instant.now().plus(serverAhead), set).abs()).isLessThan(Duration.ofSeconds(30));
        assertThat(Files.readString(folder.resolve("console")))
                .containsPattern("lab: clock it was (359|360|361)\\d{4} ms behind");
    }

    @Test
    void aClockThatIsAheadNeverJumpsBackButIsSlewed() throws Exception {
        serverAhead = Duration.ofHours(-1);

        assertThat(firstCalls().getFirst()).isEqualTo("adjtimex -q -o -500000");
    }

    @Test
    void aClockThatIsALittleBehindIsSlewed() throws Exception {
        serverAhead = Duration.ofMillis(250);

        assertThat(firstCalls().getFirst()).matches("adjtimex -q -o [1-4]\\d{5}");
    }

    @Test
    void aNodeThatGoesOnAsACopySetsItsClockAtOnceAndTellsWhatItIs() throws Exception {
        serverAhead = Duration.ofHours(1);
        pause = "1000";
        kernelSays = "5,1,1,-;eth0: link up\n6,2,2,-;random: crng reseeded due to virtual machine fork\n";

        assertThat(firstCalls().getFirst()).matches("date -u -s @\\d+");
        assertThat(Files.readString(folder.resolve("console"))).contains("lab: restored\n", "lab: clock it was");
    }

    @Test
    void aServerThatDoesNotAnswerChangesNothing() throws Exception {
        server.stop(0);

        assertThat(calls(Duration.ofSeconds(2))).isEmpty();
    }

    private List<String> firstCalls() throws Exception {
        List<String> calls = calls(Duration.ofSeconds(60));
        assertThat(calls).as("calls of busybox that change the clock").isNotEmpty();
        return calls;
    }

    /** Runs it until it has called for a change of the clock, or for as long as {@code most}. */
    private List<String> calls(Duration most) throws Exception {
        Path written = folder.resolve("calls");
        Path stand = Files.createDirectories(folder.resolve("bin")).resolve("busybox");
        // Debian 12's busybox crashes in wget.
        Files.writeString(stand, """
                #!/bin/bash
                case $1 in
                date | adjtimex) echo "$*" >>%s ;;
                wget)
                    exec 3<>/dev/tcp/127.0.0.1/%d && printf 'GET /clock HTTP/1.0\\r\\n\\r\\n' >&3 && sed '1,/^.$/d' <&3
                    ;;
                *) exec %s "$@" ;;
                esac
                """.formatted(written, server.getAddress().getPort(), BUSYBOX));
        Files.setPosixFilePermissions(stand, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path lib = Path.of("images/debian/usr/lib/lab").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                BUSYBOX.toString(), "sh", lib.resolve("keep-clock").toString());
        builder.environment().put("PATH", stand.getParent() + ":" + System.getenv("PATH"));
        builder.environment().put("LAB_LIB", lib.toString());
        builder.environment().put("LAB_CONSOLE", folder.resolve("console").toString());
        builder.environment()
                .put("LAB_URL", "http://127.0.0.1:" + server.getAddress().getPort());
        builder.environment().put("LAB_CLOCK_PAUSE", pause);
        builder.environment()
                .put(
                        "LAB_KMSG",
                        Files.writeString(folder.resolve("kmsg"), kernelSays).toString());
        Process keeper = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            for (Instant end = Instant.now().plus(most); Instant.now().isBefore(end) && !Files.exists(written); ) {
                assertThat(keeper.waitFor(0, SECONDS)).as("it ended").isFalse();
                Thread.sleep(50);
            }
            // What it does besides comes right after.
            Thread.sleep(300);
        } finally {
            keeper.descendants().forEach(ProcessHandle::destroyForcibly);
            keeper.destroyForcibly();
        }
        return Files.exists(written) ? Files.readAllLines(written) : List.of();
    }
}
