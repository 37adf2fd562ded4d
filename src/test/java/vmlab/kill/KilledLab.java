package vmlab.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import vmlab.change.ChangeNodes;
import vmlab.change.UncordonNodes;
import vmlab.engine.Engine;
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
import vmlab.make.Started;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.LabFolder;
import vmlab.power.Down;
import vmlab.power.Stop;
import vmlab.ready.ClusterUp;
import vmlab.run.EventLog;
import vmlab.run.Events;
import vmlab.run.Pipeline;
import vmlab.run.Run;
import vmlab.site.LabLock;
import vmlab.site.Site;
import vmlab.spec.Cluster;

/** The lab {@code killed}, and the commands about it as far as libvirt's test driver goes: nothing boots there. */
record KilledLab(Engine engine, Path home, String api) {

    /** Made once: they take a second. */
    private static final EarlyKeys KEYS = EarlyKeys.begin(true);

    private Site site(Points points) {
        return new Site(WatchedEngine.of(engine, points), new WatchedFiles(points).path(home), true);
    }

    private static Run run(Points points, Site site) {
        return new Run(Events.toAll(List.of(
                event -> points.at(event.getClass().getSimpleName()),
                new EventLog(site.folder("killed").events()))));
    }

    LabFolder folder() {
        return LabFolder.of(home, "killed");
    }

    /** {@code up} until the nodes are switched on; what follows looks at nodes. */
    Victim.Command up(Cluster cluster) {
        return points -> up(cluster, points);
    }

    private Started up(Cluster cluster, Points points) throws InterruptedException {
        Site site = site(points);
        try (LabLock lock = LabLock.take(site, "killed")) {
            return begin(cluster, site, run(points, site));
        }
    }

    private static Started begin(Cluster cluster, Site site, Run run) throws InterruptedException {
        BootImage image = new BootImage(
                "debian", "a".repeat(64), Path.of("/images"), "v1", Map.of("root.squashfs", new Artifact(1, "b")));
        Pipeline<Cluster, Resolved> checked = (input, told) -> {
            var lab = Pipeline.of(new CheckHost(site, false)).run(input, told);
            return new Resolved(new Checked(lab.plan(), Accelerator.PRETENDED, lab.found()), image);
        };
        return checked.then(new Decide())
                .then(new DefineNetwork(site))
                .then(new PrepareNodes(site, KEYS))
                .then(new PowerOnNodes(site))
                .run(cluster, run);
    }

    /** What {@code up} does to a lab that is up after an edit that restarts nothing; all before that changes nothing. */
    Victim.Command edit(Cluster cluster) {
        return points -> {
            Site site = site(points);
            try (LabLock lock = LabLock.take(site, "killed")) {
                Run run = run(points, site);
                LabFolder folder = site.folder("killed");
                Kubeconfig access = Kubeconfig.read(folder.ownKubeconfig()).at(api);
                Started found = begin(cluster, site(what -> {}), new Run(event -> {}));
                ClusterUp lab = new ClusterUp(found, folder.kubeconfig(), access);
                UncordonNodes uncordon = new UncordonNodes(site);
                Pipeline<ClusterUp, ClusterUp> rest = (input, told) -> input;
                rest.thenWhere(ChangeNodes::isNeeded, new ChangeNodes(site))
                        .thenWhere(uncordon::isNeeded, uncordon)
                        .run(lab, run);
            }
        };
    }

    Victim.Command stop() {
        return points -> {
            Site site = site(points);
            run(points, site).perform(new Stop(site, java.time.Duration.ofSeconds(10), false), "killed");
        };
    }

    Victim.Command down() {
        return points -> {
            Site site = site(points);
            new Down(site).run("killed", run(points, site));
        };
    }

    Optional<DomainFound> machine(String node) {
        return engine.inventory().of("killed").domain(node);
    }

    /** What must be as it was once it is there: disks, by their inode, and whatever nobody can make again. */
    Map<String, String> kept() throws IOException {
        Map<String, String> kept = new TreeMap<>();
        if (Files.exists(folder().path())) {
            try (Stream<Path> files = Files.walk(folder().path())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = folder().path().relativize(file).toString();
                    if (name.endsWith(LabFolder.STATE_DISK)) {
                        kept.put(name, Files.getAttribute(file, "unix:ino") + "");
                    } else if (name.matches("pki/.*|lab\\.json|.*host_key|id_ecdsa")) {
                        kept.put(name, Files.readString(file));
                    }
                }
            }
        }
        return kept;
    }

    void isUp(int nodes) throws IOException {
        assertThat(engine.inventory().of("killed").domains()).hasSize(nodes).allMatch(DomainFound::running);
        assertThat(Kubeconfig.read(folder().ownKubeconfig()).name()).isEqualTo("killed");
        try (Stream<Path> files = Files.walk(folder().path())) {
            assertThat(files.filter(file -> file.toString().endsWith(LabFolder.STATE_DISK)))
                    .hasSize(nodes);
        }
        assertThat(folder().pki())
                .isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    void isGone() throws IOException {
        assertThat(engine.inventory().of("killed").isEmpty()).isTrue();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(file -> !Files.isDirectory(file))).isEmpty();
        }
        assertThat(folder().path()).doesNotExist();
    }
}
