package vmlab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.make.Bootable;
import vmlab.plan.Accelerator;
import vmlab.plan.Clusters;
import vmlab.plan.Plan;
import vmlab.run.Event;
import vmlab.run.Executable;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cidr;

/** A golden lab that does not come back to life. On libvirt's built-in test driver, which can't let a machine go on from a state. */
class RestoreGoldenTest extends OnTestDriver {

    private final List<Event> told = new ArrayList<>();
    private final Run run = new Run(told::add);

    private Goldens goldens = new Goldens(Path.of("/"));
    private Site site = new Site(hypervisor, Path.of("/"), true);
    private String key = "";

    @BeforeEach
    void aGoldenLab() throws IOException, InterruptedException {
        begun("demo");
        goldens = new Goldens(home);
        site = new Site(hypervisor, home, true, site.calibration(), new Executable(List.of("/bin/false")), 22);
        key = GoldenKey.of(lab(), site);
        Snapshot golden = goldens.begin(key);
        Files.createDirectory(golden.files());
        Files.writeString(golden.files().resolve("n0.state.img"), "disk");
        Files.writeString(golden.files().resolve("join-token"), "token");
        Files.writeString(golden.memory("n0"), "memory");
        Files.writeString(golden.state("n0"), "state");
        new Manifest(
                        "demo",
                        Instant.now().toString(),
                        Manifest.bootOfThisMachine(),
                        Map.of(),
                        List.of(),
                        121_000,
                        1,
                        Map.of(),
                        Manifest.sizes(golden),
                        Manifest.sums(golden))
                .write(golden);
        goldens.keep(golden, key);
    }

    private Bootable lab() {
        return new Bootable(
                Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse("10.77.9.0/24")),
                Accelerator.PRETENDED,
                hypervisor.inventory().of("demo"),
                new BootImage("debian", "a".repeat(64), home, "v1", Map.of("root.squashfs", new Artifact(1, "b"))));
    }

    @Test
    void isLookedAtAsItIsBeforeNothingOfItIsLeftToBootOver() throws IOException, InterruptedException {
        List<String> seen = new ArrayList<>();
        Path evidence = site.folder("demo").evidence();

        RestoreGolden restore = new RestoreGolden(site, goldens, diagnosis(lab -> {
            seen.add(lab);
            hypervisor
                    .inventory()
                    .of(lab)
                    .domains()
                    .forEach(domain -> seen.add(domain.mark().node()));
            assertThat(site.folder(lab).stateDisk("n0")).exists();
            Files.createDirectory(evidence);
        }));

        assertThat(run.perform(restore, lab())).isEmpty();

        assertThat(results()).singleElement().asString().startsWith("it boots cold: ");
        assertThat(seen).containsExactly("demo", "n0");
        assertThat(hypervisor.inventory().of("demo").domains()).isEmpty();
        try (var left = Files.list(site.folder("demo").path())) {
            assertThat(left).containsExactlyInAnyOrder(site.folder("demo").identity(), evidence);
        }
        assertThat(results()).singleElement().asString().startsWith("it boots cold: ");
        assertThat(goldens.find(key)).as("tried once more").isPresent();
    }

    @Test
    void thatCannotBeLookedAtIsRemovedNoLess() throws InterruptedException {
        RestoreGolden restore = new RestoreGolden(site, goldens, diagnosis(lab -> {
            throw LabFailure.lab("nothing to see", "it is dark", "light a lamp");
        }));

        assertThat(run.perform(restore, lab())).isEmpty();
        assertThat(run.perform(restore, lab())).isEmpty();

        assertThat(hypervisor.inventory().of("demo").domains()).isEmpty();
        assertThat(told).filteredOn(Event.Noted.class::isInstance).asString().contains("nothing to see");
        assertThat(results().getLast()).endsWith("the golden lab is removed");
        assertThat(goldens.find(key)).isEmpty();
    }

    private List<String> results() {
        return told.stream()
                .filter(Event.PhaseDone.class::isInstance)
                .map(event -> ((Event.PhaseDone) event).result())
                .toList();
    }

    private interface Look {
        void at(String lab) throws IOException;
    }

    private static Phase<String, String> diagnosis(Look look) {
        return new Phase<>() {
            @Override
            public String name() {
                return "diagnose";
            }

            @Override
            public String doing() {
                return "look";
            }

            @Override
            public String run(String lab, Run run) {
                try {
                    look.at(lab);
                } catch (IOException error) {
                    throw new UncheckedIOException(error);
                }
                return lab;
            }
        };
    }
}
