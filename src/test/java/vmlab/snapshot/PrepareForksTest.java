package vmlab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.machine.KvmProbe;
import vmlab.plan.Accelerator;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.Run;
import vmlab.site.Identity;
import vmlab.spec.Accel;

/** The folders of forks, before they come up. */
class PrepareForksTest {

    @TempDir
    private Path home;

    private final Run run = new Run(event -> {});

    @BeforeEach
    void aGoldenLab() throws IOException {
        Goldens goldens = new Goldens(home);
        Snapshot golden = goldens.begin("key");
        Files.writeString(golden.memory("cp"), "memory");
        Files.createDirectory(golden.files());
        Files.writeString(golden.files().resolve("cp.state.img"), "disk");
        new Manifest(
                        "demo",
                        "2026-11-26T12:00:00Z",
                        Manifest.bootOfThisMachine(),
                        Map.of("cp", "made"),
                        List.of(),
                        1,
                        1,
                        Map.of(),
                        Manifest.sizes(golden),
                        Manifest.sums(golden))
                .write(golden);
        goldens.keep(golden, "key");
    }

    @Test
    void eachHasAnIdOfItsOwnAndAllThatIsToBeReadWithoutACopy() throws IOException, InterruptedException {
        List<String> names = new PrepareForks(home, Optional.empty(), 2, Optional.empty()).run("demo", run);

        assertThat(names).containsExactly("demo-1", "demo-2");
        LabFolder one = LabFolder.of(home.resolve("forks/demo-1"), "demo-1");
        LabFolder two = LabFolder.of(home.resolve("forks/demo-2"), "demo-2");
        assertThat(Identity.read(one).orElseThrow().id())
                .isNotEqualTo(Identity.read(two).orElseThrow().id());
        assertThat(Files.isSameFile(
                        one.origin().resolve("cp.memory.img"),
                        home.resolve("golden/key").resolve("cp.memory.img")))
                .isTrue();
        assertThat(Manifest.ofWhole(new Snapshot(two.origin()))).isPresent();
        assertThat(Files.getPosixFilePermissions(home.resolve("forks/demo-1"))).hasSize(3);
    }

    @Test
    void whatThereIsNothingOfIsRefusedBeforeAnythingIsMade() {
        assertThatThrownBy(() -> new PrepareForks(home, Optional.empty(), 1, Optional.empty()).run("other", run))
                .hasMessageContaining("there is nothing of lab other to fork");
        assertThatThrownBy(() -> new PrepareForks(home, Optional.empty(), 1, Optional.empty()).run("demo/none", run))
                .hasMessageContaining("lab demo has no snapshot none");
        assertThat(home.resolve("forks")).doesNotExist();
    }

    @Test
    void moreThanFitAreRefusedWithHowManyDo() {
        assertThatThrownBy(
                        () -> new PrepareForks(home, Optional.empty(), 100_000, Optional.of("many")).run("demo", run))
                .hasMessageContaining("100000 forks do not fit this machine")
                .satisfies(failure ->
                        assertThat(((vmlab.run.LabFailure) failure).next()).contains("--count"));
        assertThat(home.resolve("forks")).doesNotExist();
    }

    @Test
    void moreEmulatedNodesThanProcessorsIsSaid() throws Exception {
        Assumptions.assumeTrue(KvmProbe.choose(Accel.AUTO) == Accelerator.TCG, "nodes are not emulated here");
        List<Event> told = new ArrayList<>();
        int processors = Runtime.getRuntime().availableProcessors();
        for (int count : List.of(1, processors + 1)) {
            new PrepareForks(home, Optional.empty(), count, Optional.of("f" + count)).run("demo", new Run(told::add));
        }
        assertThat(told)
                .filteredOn(Event.Noted.class::isInstance)
                .singleElement()
                .asString()
                .contains((processors + 1) + " emulated nodes more on " + processors);
    }
}
