package vmlab.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vmlab.kube.Kubeconfig;
import vmlab.make.ApiDoor;
import vmlab.make.Bootable;
import vmlab.make.NodeMachine;
import vmlab.make.PowerOnNodes;
import vmlab.make.PrepareNodes;
import vmlab.make.RenewAccess;
import vmlab.make.ServeBoot;
import vmlab.make.Started;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.ready.ClusterUp;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.run.Seconds;
import vmlab.site.FolderTree;
import vmlab.site.LabState;
import vmlab.site.Port;
import vmlab.site.Site;

/** Lets a lab go on from where its golden lab stands. Where that does not come back to life within seconds, the lab boots cold. */
public final class RestoreGolden implements Phase<Bootable, Optional<ClusterUp>> {

    /** Kubernetes' certificates are good for a year from the boot on, and only a boot renews them. */
    private static final Duration OLD = Duration.ofDays(60);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private final Site site;
    private final Goldens goldens;
    private final Phase<String, ?> diagnosis;

    /**
     * The phase on {@code site}.
     *
     * @param diagnosis looks for the cause of a failure while the lab is as it was then, tells of it and keeps the evidence
     */
    public RestoreGolden(Site site, Goldens goldens, Phase<String, ?> diagnosis) {
        this.site = site;
        this.goldens = goldens;
        this.diagnosis = diagnosis;
    }

    /** Whether nothing of the lab is there but a golden one, of whatever plan: its memory fits no other disks than its own. */
    public boolean isWanted(Bootable lab) {
        return lab.begins()
                && !LabState.hasDisks(site.folder(lab.plan().lab()))
                && GoldenKey.isFor(lab, site)
                && goldens.haveOne(lab.plan().lab());
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
        String key = GoldenKey.of(lab, site);
        Optional<Shelf.Saved> found = goldens.find(key);
        if (found.isEmpty()) {
            run.result("it boots cold: what is kept is of another plan, or of another machine");
            return Optional.empty();
        }
        Manifest manifest = found.get().manifest();
        Instant began = Instant.now();
        try {
            if (!manifest.isTrue(found.get().snapshot())) {
                goldens.remove(key);
                run.result("it boots cold: what was kept is damaged, and removed");
                return Optional.empty();
            }
            if (manifest.madeAt().isBefore(began.minus(OLD))) {
                run.result("it boots cold: what is kept is of " + manifest.made());
                return Optional.empty();
            }
            ClusterUp cluster = restore(lab, found.get().snapshot(), manifest, run);
            goldens.use(key);
            run.result("golden of " + DAY.format(LocalDate.ofInstant(manifest.madeAt(), ZoneId.systemDefault())) + ", "
                    + Seconds.text(Duration.between(began, Instant.now())) + "; cold took "
                    + manifest.cold().toSeconds() + " s");
            return Optional.of(cluster);
        } catch (LabFailure | IOException | UncheckedIOException failure) {
            lookForCause(lab.plan().lab(), run);
            undo(lab);
            run.result("it boots cold: " + failure.getMessage() + end(key));
            return Optional.empty();
        }
    }

    private void lookForCause(String lab, Run run) throws InterruptedException {
        try {
            diagnosis.run(lab, run);
        } catch (LabFailure | UncheckedIOException blind) {
            run.note("the cause could not be looked for: " + blind.getMessage());
        }
    }

    private String end(String key) {
        try {
            return goldens.isWorthAnotherTry(key) ? "" : "; the golden lab is removed";
        } catch (IOException gone) {
            return "";
        }
    }

    private ClusterUp restore(Bootable lab, Snapshot golden, Manifest manifest, Run run)
            throws IOException, InterruptedException {
        LabFolder folder = site.folder(lab.plan().lab());
        GoOn back = new GoOn(site, folder, golden);
        Map<String, String> domains = new LinkedHashMap<>();
        lab.plan().nodes().forEach(node -> domains.put(node.name(), node.domain()));
        back.lay(domains.keySet());
        PrepareNodes.keepSpec(lab.plan(), folder);
        new RenewAccess(folder, Clock.systemUTC()).renew(run);
        run.emit(PowerOnNodes.planned(lab));
        Together.all(List.of(() -> new ServeBoot(site).run(lab, run), () -> {
            for (NodePlan node : lab.plan().nodes()) {
                new NodeMachine(site, lab, node).define();
            }
            back.run(domains);
            return domains;
        }));
        back.await(domains.keySet(), manifest.leases(), site.pace(lab.accelerator()), run);
        Kubeconfig direct =
                Kubeconfig.read(folder.kubeconfig()).at(Port.apiUrl(lab.plan().api()));
        new ApiDoor(site, folder).publish(direct);
        return new ClusterUp(new Started(lab, new HashSet<>(domains.keySet())), folder.kubeconfig(), direct);
    }

    private void undo(Bootable lab) {
        lab.plan().nodes().forEach(node -> site.engine().machines().remove(node.domain()));
        LabFolder folder = site.folder(lab.plan().lab());
        ServeBoot.process(folder).stop();
        FolderTree.delete(folder.path(), folder.events(), folder.identity(), folder.evidence());
    }
}
