package vmlab.gc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import vmlab.engine.MachineRequest;
import vmlab.gc.Leftover.Kind;
import vmlab.image.World;
import vmlab.plan.Accelerator;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.Run;
import vmlab.site.Identity;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cidr;

/** What tests of the clean-up begin with: homes, a cache, labs on libvirt's built-in test driver, and the clean-up itself. */
abstract class GcOnTestDriver extends OnTestDriver {

    static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofDays(30)));

    @TempDir
    Path otherHome;

    @TempDir
    Path temporary;

    @TempDir
    Path cache;

    World world;
    private int labs;

    @BeforeEach
    void noImages() throws IOException {
        world = new World(cache);
    }

    /** A lab that is up: a network, a machine, and a folder with a disk. */
    LabFolder up(Path in, String lab) throws IOException {
        Site site = new Site(hypervisor, in, true);
        Plan plan = Plan.of(Clusters.ofNodes(lab, 1), Cidr.parse("10.77." + ++labs + ".0/24"));
        NodePlan node = plan.nodes().getFirst();
        libvirt.createNetwork(plan, site.mark(lab, "", "abc"));
        hypervisor
                .machines()
                .define(new MachineRequest(
                        plan,
                        node,
                        site.mark(lab, "n0", ""),
                        AppliedSpec.of(node, "abc", ""),
                        site.folder(lab),
                        Accelerator.PRETENDED,
                        new MachineRequest.Boot(in, in, "", Optional.empty())));
        hypervisor.machines().start(node.domain());
        Files.writeString(site.folder(lab).stateDisk("n0"), "data");
        return site.folder(lab);
    }

    void loseMachines(String lab) {
        var found = hypervisor.inventory().of(lab);
        found.domains().forEach(domain -> hypervisor.machines().remove(domain.name()));
        found.networks().forEach(network -> hypervisor.networks().remove(network.name()));
    }

    Collected gc(boolean dryRun, boolean force) throws InterruptedException {
        return gc(Optional.of(site()), dryRun, force);
    }

    Collected gc(Optional<Site> site, boolean dryRun, boolean force) throws InterruptedException {
        return new Gc(home, temporary, Identity.EMBEDDED, site, world.images(false))
                .run(dryRun, force, Duration.ofDays(14), 1, new Run(event -> {}));
    }

    static List<String> whats(Collected collected, Kind kind) {
        return collected.leftovers().stream()
                .filter(leftover -> leftover.kind() == kind)
                .map(Leftover::what)
                .toList();
    }

    static Path written(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    static Path old(Path path) throws IOException {
        return Files.setLastModifiedTime(path, LONG_AGO);
    }
}
