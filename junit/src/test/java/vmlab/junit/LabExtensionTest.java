package vmlab.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * Which commands tests with {@link Lab} come to. A script that notes them stands in for lab, whose own tests are elsewhere; labs/junit-example
 * does all this with real machines.
 */
class LabExtensionTest {

    private static final String FILE = "target/extension-test.yaml";

    /** What {@code lab} does, by its words; anything else it does at once and well. */
    private static final String USUAL = """
            'golden list'*) echo '[{"lab": "demo"}]' ;;
            'status '*) echo '{"nodes": [{"name": "cp", "address": "10.77.0.11"}]}' ;;
            'logs '*follow) echo one; echo 'lab: ready cp'; sleep 600 ;;
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void aProgram() throws IOException {
        Files.writeString(Path.of(FILE), "apiVersion: lab/v1\nname: demo\n");
        lab(USUAL);
    }

    @AfterEach
    void forget() {
        System.clearProperty("lab.program");
        System.clearProperty("lab.keep");
    }

    private void lab(String cases) throws IOException {
        Path program = Files.writeString(folder.resolve("lab"), """
                #!/bin/sh
                echo "$*" >>'%s'
                case "$*" in
                %s
                esac
                """.formatted(folder.resolve("said"), cases));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        System.setProperty("lab.program", program.toString());
    }

    private List<String> said() throws IOException {
        return Files.readAllLines(folder.resolve("said"));
    }

    private EngineExecutionResults run(boolean sideBySide, Class<?>... classes) {
        return EngineTestKit.engine("junit-jupiter")
                .outputDirectoryCreator(new OutputDirectoryCreator() {
                    @Override
                    public Path getRootDirectory() {
                        return folder;
                    }

                    @Override
                    public Path createOutputDirectory(TestDescriptor test) throws IOException {
                        return Files.createTempDirectory(folder, "attached");
                    }
                })
                .selectors(Stream.of(classes)
                        .map(each -> selectClass(each))
                        .toArray(ClassSelector[]::new))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "" + sideBySide)
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .execute();
    }

    @Lab(FILE)
    static class One {
        @Test
        void first(Cluster cluster) {
            assertEquals("demo", cluster.name());
        }

        @Test
        void second(Cluster cluster) {
            cluster.node("cp").cutPower();
        }
    }

    @Lab(FILE)
    static class Other {
        @Test
        void only(Cluster cluster) {
            assertEquals("demo", cluster.name());
        }
    }

    @Test
    void theNextClassFindsTheLabAsItWasAndTheLastTakesItDown() throws IOException {
        run(false, One.class, Other.class).testEvents().assertStatistics(all -> all.succeeded(3));

        assertEquals(
                List.of(
                        "up " + FILE,
                        "golden list -o json",
                        "status demo -o json",
                        "power demo cp off",
                        "snapshot restore demo golden",
                        "down demo"),
                said());
    }

    /** Both are there at once. */
    private static CountDownLatch both = new CountDownLatch(2);

    @Lab(FILE)
    static class Left {
        @Test
        void meets(Cluster cluster) throws InterruptedException {
            both.countDown();
            both.await();
        }
    }

    @Lab(FILE)
    static class Right {
        @Test
        void meets(Cluster cluster) throws InterruptedException {
            both.countDown();
            both.await();
        }
    }

    @Test
    void whoComesWhileItIsUsedGetsAFork() throws IOException {
        both = new CountDownLatch(2);

        run(true, Left.class, Right.class).testEvents().assertStatistics(all -> all.succeeded(2));

        assertTrue(said().contains("fork demo/golden --name demo-j1"), said()::toString);
        assertTrue(said().contains("down demo-j1"), said()::toString);
        assertEquals("down demo", said().get(said().size() - 1));
    }

    @Lab(value = FILE, sharing = Lab.Sharing.RUN)
    static class Shared {
        @Test
        void one(Cluster cluster) {
            assertEquals("demo", cluster.name());
        }
    }

    @Test
    void whoDoesNotMindGetsItAsItIs() throws IOException {
        run(false, Shared.class, Shared.class).testEvents().assertStatistics(all -> all.failed(0));

        assertEquals("down demo", said().get(said().size() - 1));
        assertTrue(said().stream().noneMatch(words -> words.startsWith("snapshot restore")), said()::toString);
    }

    @Test
    void itStaysWhereThatIsAskedForAndTheNextRunGoesBackToItsBeginning() throws IOException {
        System.setProperty("lab.keep", "true");
        run(false, Other.class);
        assertTrue(said().stream().noneMatch(words -> words.startsWith("down")), said()::toString);

        lab("'up '*) echo 'lab demo is up: nothing had to be done' ;;\n" + USUAL);
        run(false, Other.class).testEvents().assertStatistics(all -> all.succeeded(1));

        assertEquals("snapshot restore demo golden", said().get(said().size() - 1));
    }

    @Test
    void aLabThatDoesNotComeUpFailsTheClassInItsOwnWords() throws IOException {
        lab("'up '*) echo 'lab: cp did not boot: kernel-panic' >&2; exit 1 ;;");

        EngineExecutionResults results = run(false, One.class);

        results.testEvents().assertStatistics(all -> all.started(0));
        assertTrue(failures(results).get(0).contains("exit status 1\nlab: cp did not boot: kernel-panic"));
        assertEquals(List.of("up " + FILE), said());
    }

    @Test
    void whereNoGoldenLabIsKeptASnapshotIsTakenToGoBackTo() throws IOException {
        lab("'golden list'*) echo '[]' ;;\n" + USUAL);
        run(false, One.class, Other.class).testEvents().assertStatistics(all -> all.succeeded(3));

        assertTrue(said().contains("snapshot create demo junit"), said()::toString);
        assertTrue(said().contains("snapshot restore demo junit"), said()::toString);
    }

    @Test
    void oneThatCannotBeGoneBackToServesOneClass() throws IOException {
        lab("'golden list'*) echo '[]' ;;\n'snapshot create '*) echo 'lab: memory is no file' >&2; exit 2 ;;\n" + USUAL);

        EngineExecutionResults results = run(false, One.class, Other.class);

        results.testEvents().assertStatistics(all -> all.succeeded(2));
        assertTrue(failures(results).get(0).contains("memory is no file"));
        assertTrue(failures(results).get(0).contains("sharing = RUN"));
    }

    @Lab(FILE)
    static class Watched {
        @Test
        void waitsForWhatDoesNotCome(Cluster cluster) throws InterruptedException {
            cluster.always("it answers", Duration.ofMillis(10), () -> {
                throw new IllegalStateException("connection refused");
            });
            Thread.sleep(60_000);
        }

        @Test
        void sees(Cluster cluster) {
            assertEquals("lab: ready cp", cluster.node("cp").awaitConsole("ready", Duration.ofMinutes(1)));
            try (Invariant holds = cluster.always("it answers", Duration.ofMillis(1), () -> {})) {
                assertEquals(0, cluster.node("cp").exec("true").exit());
            }
        }
    }

    @Test
    void whatDoesNotHoldEndsTheTestAtOnceWithItsReasonAndWhatThereIsToSee() throws IOException {
        EngineExecutionResults results = run(false, Watched.class);

        results.testEvents().assertStatistics(all -> all.succeeded(1).failed(1));
        assertEquals("it did not hold that it answers: connection refused", failures(results).get(0));
        assertTrue(said().stream().anyMatch(words -> words.startsWith("report demo --html ")), said()::toString);
        assertTrue(said().stream().anyMatch(words -> words.startsWith("bundle demo --file ")), said()::toString);
        assertTrue(said().contains("logs demo serial --node cp"), said()::toString);
    }

    private static List<String> failures(EngineExecutionResults results) {
        List<String> all = new ArrayList<>();
        results.allEvents().failed().stream()
                .forEach(event -> all.add(event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .map(Throwable::getMessage)
                        .orElse("")));
        return all;
    }
}
