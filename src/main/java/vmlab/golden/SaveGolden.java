package vmlab.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vmlab.engine.Machines;
import vmlab.kube.Kubeconfig;
import vmlab.make.Bootable;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.ready.ClusterUp;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.FolderTree;
import vmlab.site.Site;

/**
 * Keeps a cluster that has just become Ready, so that the next {@code up} of the same plan goes on from here. All nodes stand still
 * meanwhile, for as long as their memory takes to be copied. What can't be kept is no failure: the lab is up.
 */
public final class SaveGolden implements Phase<ClusterUp, ClusterUp> {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration PACE = Duration.ofMillis(200);

    private final Site site;
    private final Goldens goldens;
    private final Instant began;

    /** The phase on {@code site}; {@code began}: when the {@code up} did. */
    public SaveGolden(Site site, Goldens goldens, Instant began) {
        this.site = site;
        this.goldens = goldens;
        this.began = began;
    }

    /** Whether this {@code up} booted the whole lab, in memory that can be copied, and none of this plan is kept. */
    public boolean isWanted(ClusterUp cluster) {
        Bootable lab = cluster.lab().lab();
        return lab.begins()
                && goldens.canBe()
                && lab.memory(site).isPresent()
                && goldens.find(GoldenKey.of(lab, site)).isEmpty();
    }

    @Override
    public String name() {
        return PhaseName.GOLDEN.toString();
    }

    @Override
    public String doing() {
        return "keep the cluster as it is, for the next up of the same plan";
    }

    @Override
    public ClusterUp run(ClusterUp cluster, Run run) throws InterruptedException {
        Bootable lab = cluster.lab().lab();
        Duration cold = Duration.between(began, Instant.now());
        try {
            Kubeconfig access = Kubeconfig.read(site.folder(lab.plan().lab()).ownKubeconfig());
            Map<String, String> leases = run.await("", "a moment at which no lease is due", LIMIT)
                    .every(PACE)
                    .until(new LeaseMoment(access));
            run.result("nodes stood still for " + seconds(save(lab, leases, cold)));
        } catch (LabFailure | IOException | UncheckedIOException failure) {
            run.result("not kept: " + failure.getMessage());
        }
        return cluster;
    }

    private Duration save(Bootable lab, Map<String, String> leases, Duration cold)
            throws IOException, InterruptedException {
        String key = GoldenKey.of(lab, site);
        Golden golden = goldens.begin(key);
        try {
            Duration still = copy(lab, golden);
            long used = LabFiles.used(golden.folder());
            new Manifest(
                            lab.plan().lab(),
                            Instant.now().toString(),
                            cold.toMillis(),
                            used,
                            leases,
                            Manifest.sizes(golden))
                    .write(golden);
            goldens.keep(golden, key);
            return still;
        } finally {
            // Nothing is left of one that was kept.
            FolderTree.delete(golden.folder());
        }
    }

    private Duration copy(Bootable lab, Golden golden) throws IOException, InterruptedException {
        Machines machines = site.engine().machines();
        LabFolder folder = site.folder(lab.plan().lab());
        Path memory = lab.memory(site).orElseThrow();
        List<NodePlan> nodes = lab.plan().nodes();
        Instant still = Instant.now();
        try {
            nodes.forEach(node -> machines.pause(node.domain()));
            for (NodePlan node : nodes) {
                machines.saveState(node.domain(), golden.state(node.name()));
            }
            LabFiles.copy(
                    nodes.stream()
                            .map(node ->
                                    memory.resolve(golden.memory(node.name()).getFileName()))
                            .toList(),
                    golden.folder());
            new LabFiles(lab.plan(), folder).save(golden.files());
        } finally {
            nodes.forEach(node -> machines.resume(node.domain()));
        }
        return Duration.between(still, Instant.now());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
