package vmlab.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import vmlab.engine.Machines;
import vmlab.kube.Kubeconfig;
import vmlab.kube.RestoredLook;
import vmlab.make.ApiDoor;
import vmlab.make.Bootable;
import vmlab.make.NodeMachine;
import vmlab.make.PowerOnNodes;
import vmlab.make.PrepareNodes;
import vmlab.make.ServeBoot;
import vmlab.make.Started;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.ready.AwaitReady;
import vmlab.ready.ClusterUp;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.FolderTree;
import vmlab.site.Port;
import vmlab.site.Site;
import vmlab.spec.GoldenUse;

/**
 * Lets a lab go on from where its golden lab stands. One that does not come back to life within seconds is removed with its golden lab:
 * then nothing comes out, and the lab boots cold.
 */
public final class RestoreGolden implements Phase<Bootable, Optional<ClusterUp>> {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PACE = Duration.ofMillis(100);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private final Site site;
    private final Goldens goldens;

    /** The phase on {@code site}. */
    public RestoreGolden(Site site, Goldens goldens) {
        this.site = site;
        this.goldens = goldens;
    }

    /** Whether nothing of the lab is there but a golden one of this plan. */
    public boolean isWanted(Bootable lab) {
        return lab.begins()
                && lab.plan().cluster().golden() == GoldenUse.AUTO
                && goldens.find(GoldenKey.of(lab, site)).isPresent();
    }

    @Override
    public String name() {
        return PhaseName.RESTORE.toString();
    }

    @Override
    public String doing() {
        return "go on from where the golden lab stands";
    }

    @Override
    public Optional<ClusterUp> run(Bootable lab, Run run) throws InterruptedException {
        Golden golden = goldens.find(GoldenKey.of(lab, site)).orElseThrow();
        Instant began = Instant.now();
        try {
            Manifest manifest = Manifest.ofWhole(golden).orElseThrow();
            ClusterUp cluster = restore(lab, golden, manifest, run);
            run.result(String.format(
                    Locale.ROOT,
                    "golden of %s, %.1f s; cold took %d s",
                    DAY.format(LocalDate.ofInstant(manifest.madeAt(), ZoneId.systemDefault())),
                    Duration.between(began, Instant.now()).toMillis() / 1000.0,
                    manifest.cold().toSeconds()));
            return Optional.of(cluster);
        } catch (LabFailure | IOException | UncheckedIOException failure) {
            undo(lab);
            goldens.remove(golden);
            run.result("it boots cold: " + failure.getMessage());
            return Optional.empty();
        }
    }

    private ClusterUp restore(Bootable lab, Golden golden, Manifest manifest, Run run)
            throws IOException, InterruptedException {
        LabFolder folder = site.folder(lab.plan().lab());
        PrepareNodes.keepSpec(lab.plan(), folder);
        new LabFiles(lab.plan(), folder).lay(golden.files());
        new ServeBoot(site).run(lab, run);
        run.emit(PowerOnNodes.planned(lab));
        List<NodePlan> nodes = lab.plan().nodes();
        Machines machines = site.engine().machines();
        for (NodePlan node : nodes) {
            new NodeMachine(site, lab, node).defineOver(golden.memory(node.name()));
            machines.startFrom(node.domain(), golden.state(node.name()));
        }
        nodes.forEach(node -> machines.resume(node.domain()));
        Kubeconfig access = Kubeconfig.read(folder.ownKubeconfig());
        run.await("", "the cluster", site.pace(lab.accelerator()).of(LIMIT))
                .every(PACE)
                .until(new RestoredLook(access, AwaitReady.kubernetesNodes(lab.plan()), manifest.leases())::read);
        // From its next start on it boots like any other.
        nodes.forEach(node -> new NodeMachine(site, lab, node).define());
        Kubeconfig direct =
                Kubeconfig.read(folder.kubeconfig()).at(Port.apiUrl(lab.plan().api()));
        new ApiDoor(site, folder).publish(direct);
        Set<String> names = new HashSet<>(nodes.stream().map(NodePlan::name).toList());
        return new ClusterUp(new Started(lab, names), folder.kubeconfig(), direct);
    }

    private void undo(Bootable lab) {
        lab.plan().nodes().forEach(node -> site.engine().machines().remove(node.domain()));
        LabFolder folder = site.folder(lab.plan().lab());
        FolderTree.delete(folder.path(), folder.events(), folder.identity());
    }
}
