package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Labs with one thing wrong, made for real: each must be named, and long before the wait for it ends by itself. */
@WithinMinutes(40)
class FaultsIT {

    /** Of those that show within half a minute of power-on, one for each stage and kind of evidence. */
    private static final List<String> CHEAP = List.of(
            "kernel-missing",
            "no-nic-boot",
            "initrd-damaged",
            "root-not-mounted",
            "kernel-panic",
            "squashfs-altered",
            "no-network-card",
            "state-disk-corrupt",
            "qemu-crashed");

    @TempDir
    Path folder;

    private Path home;
    private LabCommand lab;

    @BeforeEach
    void makeAHome() throws IOException {
        home = Files.createTempDirectory("lab-it");
        lab = new LabCommand(home);
    }

    @AfterEach
    void leaveNothing() throws IOException {
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }

    @TestFactory
    Stream<DynamicTest> aFaultIsNamedLongBeforeTheWaitEnds() throws IOException, InterruptedException {
        return verdicts(CHEAP).stream().map(FaultsIT::isNamed);
    }

    /** Every fault there is: what docs/diagnosis.md calls made. */
    @Tag("long")
    @TestFactory
    Stream<DynamicTest> everyFaultIsNamedLongBeforeTheWaitEnds() throws IOException, InterruptedException {
        return verdicts(List.of()).stream().map(FaultsIT::isNamed);
    }

    private static DynamicTest isNamed(JsonNode verdict) {
        return DynamicTest.dynamicTest(verdict.path("fault").asText(), () -> {
            assertThat(verdict.path("cause").asText())
                    .as(verdict.toPrettyString())
                    .isEqualTo(verdict.path("expected").asText());
            assertThat(verdict.path("afterPowerOn").asDouble())
                    .as(verdict.toPrettyString())
                    .isLessThan(verdict.path("limit").asDouble() / 2);
        });
    }

    /** Runs {@code vmlab.observe.FaultBench} in the embedded host; {@code -Dfaults.out=FOLDER} keeps what it saw. */
    private List<JsonNode> verdicts(List<String> faults) throws IOException, InterruptedException {
        Path out = Path.of(System.getProperty("faults.out", folder.toString())).toAbsolutePath();
        LabCommand.Result image = lab.run("image", "build", "images/debian-standin.yaml");
        assertThat(image.exit()).as(image.err()).isZero();
        List<String> bench = new ArrayList<>(List.of(
                "exec",
                "--",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                "target/test-classes:target/classes:target/lib/*",
                "vmlab.observe.FaultBench",
                home.toString(),
                cache().toString(),
                out.toString(),
                "" + Integer.getInteger("faults.at.once", 3)));
        bench.addAll(faults);
        LabCommand.Result run = lab.run(bench.toArray(String[]::new));
        System.out.println(run.err());
        assertThat(run.exit()).as(run.err()).isZero();
        List<JsonNode> verdicts = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve("verdicts.jsonl"))) {
            verdicts.add(new JsonMapper().readTree(line));
        }
        assertThat(verdicts).hasSizeGreaterThanOrEqualTo(Math.max(1, faults.size()));
        return verdicts;
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("LAB_CACHE")).map(Path::of).orElseGet(() -> Path.of(
                        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                                .orElse(System.getProperty("user.home") + "/.cache"))
                .resolve("lab"));
    }
}
