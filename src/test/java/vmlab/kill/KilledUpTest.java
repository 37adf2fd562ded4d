package vmlab.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.kube.Kubeconfig;
import vmlab.make.CheckHost;
import vmlab.make.Checked;
import vmlab.make.Decide;
import vmlab.make.DefineNetwork;
import vmlab.make.EarlyKeys;
import vmlab.make.PowerOnNodes;
import vmlab.make.PrepareNodes;
import vmlab.make.Resolved;
import vmlab.plan.Accelerator;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.power.Down;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Events;
import vmlab.run.Phase;
import vmlab.run.Pipeline;
import vmlab.run.Run;
import vmlab.site.LabLock;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cluster;

/** Commands killed at each event and at each change of a file, on libvirt's test driver: nothing is left, nothing is lost. */
class KilledUpTest extends OnTestDriver {

    private static final EarlyKeys KEYS = EarlyKeys.begin(true);

    @TempDir
    private Path elsewhere;

    /** A cluster of two, with a file of its own that is kept with the lab. */
    private Cluster cluster() throws IOException {
        Cluster two = Clusters.ofNodes("killed", 2);
        return new Cluster(
                two.name(),
                two.image(),
                two.accel(),
                two.rootfs(),
                two.disks(),
                two.network(),
                two.networks(),
                two.k0sConfig(),
                two.nodes(),
                two.provision(),
                two.tests(),
                two.timeouts(),
                Files.writeString(elsewhere.resolve("cluster.yaml"), "name: killed"));
    }

    private Site site(Path seen) {
        return new Site(hypervisor, seen, true);
    }

    /** {@code up} as far as the test driver goes: until the nodes are switched on. */
    private Victim.Command up() throws IOException {
        Cluster cluster = cluster();
        return (seen, run) -> {
            Site site = site(seen);
            try (LabLock lock = LabLock.take(site, "killed")) {
                Pipeline.of(new CheckHost(site, false))
                        .then(new PretendedImage())
                        .then(new Decide())
                        .then(new DefineNetwork(site))
                        .then(new PrepareNodes(site, KEYS))
                        .then(new PowerOnNodes(site))
                        .run(cluster, logged(run, seen));
            }
        };
    }

    private static Run logged(Run run, Path seen) {
        return new Run(Events.toAll(
                List.of(run::emit, new EventLog(LabFolder.of(seen, "killed").events()))));
    }

    private record PretendedImage() implements Phase<Checked, Resolved> {
        @Override
        public String name() {
            return "image";
        }

        @Override
        public String doing() {
            return "pretend that there is one";
        }

        @Override
        public Resolved run(Checked lab, Run run) {
            var image = new BootImage(
                    "debian", "a".repeat(64), Path.of("/images"), "v1", Map.of("root.squashfs", new Artifact(1, "b")));
            return new Resolved(new Checked(lab.plan(), Accelerator.PRETENDED, lab.found()), image);
        }
    }

    private void down() throws InterruptedException, IOException {
        new Down(site(home)).run("killed", new Run(event -> {}));
        assertThat(hypervisor.inventory().of("killed").isEmpty()).isTrue();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(file -> !Files.isDirectory(file))).isEmpty();
        }
        assertThat(LabFolder.of(home, "killed").path()).doesNotExist();
    }

    private void finish(Victim.Command command) throws Exception {
        command.run(home, new Run(event -> {}));
    }

    /** What must be as it was once it is there: disks by their inode, keys by what is in them. */
    private Map<String, String> kept() throws IOException {
        LabFolder folder = LabFolder.of(home, "killed");
        Map<String, String> kept = new TreeMap<>();
        if (Files.exists(folder.path())) {
            try (Stream<Path> files = Files.walk(folder.path())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = folder.path().relativize(file).toString();
                    if (name.endsWith(LabFolder.STATE_DISK)) {
                        kept.put(name, Files.getAttribute(file, "unix:ino") + "");
                    } else if (name.startsWith("pki/")
                            || name.equals("lab.json")
                            || name.matches(".*host_key|id_ecdsa")) {
                        kept.put(name, Files.readString(file));
                    }
                }
            }
        }
        return kept;
    }

    private void isUp() {
        assertThat(hypervisor.inventory().of("killed").domains()).hasSize(2).allMatch(domain -> domain.running());
        LabFolder folder = LabFolder.of(home, "killed");
        assertThat(Kubeconfig.read(folder.ownKubeconfig()).name()).isEqualTo("killed");
        assertThat(EventLog.read(folder.events())).hasAtLeastOneElementOfType(Event.PhaseDone.class);
        assertThat(folder.path().resolve("pki"))
                .isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void anUpThatIsKilledAnywhereIsCarriedOnByTheNextOneAndTakenAwayByDown() throws Exception {
        Victim victim = new Victim(home);
        Victim.Command up = up();
        for (int number = 1; ; number++) {
            Victim.End end = victim.killAt(number, up);
            if (!end.wasKilled()) {
                assertThat(end.failures()).isEmpty();
                down();
                System.out.println("up: " + (number - 1) + " points: " + end.points());
                break;
            }
            try {
                Map<String, String> before = kept();
                if (number % 2 == 0) {
                    finish(up);
                    isUp();
                    assertThat(kept()).containsAllEntriesOf(before);
                }
                down();
            } catch (Exception | AssertionError lost) {
                throw new AssertionError(
                        "killed at " + number + ", " + end.killedAt() + " after "
                                + end.points().stream()
                                        .skip(Math.max(0, number - 5))
                                        .collect(Collectors.joining(", ")),
                        lost);
            }
        }
    }
}
