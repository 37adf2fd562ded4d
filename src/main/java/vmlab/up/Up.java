package vmlab.up;

import java.nio.file.Files;
import vmlab.change.ChangeNodes;
import vmlab.change.RenewTokens;
import vmlab.change.RestartNodes;
import vmlab.change.UncordonNodes;
import vmlab.image.BuildElsewhere;
import vmlab.image.Images;
import vmlab.make.Bootable;
import vmlab.make.CheckHost;
import vmlab.make.Decide;
import vmlab.make.DefineNetwork;
import vmlab.make.EarlyKeys;
import vmlab.make.FetchImages;
import vmlab.make.PowerOnNodes;
import vmlab.make.PrepareNodes;
import vmlab.make.ResolveImage;
import vmlab.make.ServeBoot;
import vmlab.make.ServiceEdits;
import vmlab.observe.Diagnose;
import vmlab.ready.AwaitProvision;
import vmlab.ready.AwaitReady;
import vmlab.ready.AwaitSsh;
import vmlab.ready.ClusterUp;
import vmlab.ready.FetchKubeconfig;
import vmlab.run.LabFailure;
import vmlab.run.Pipeline;
import vmlab.run.Run;
import vmlab.run.Scope;
import vmlab.site.LabLock;
import vmlab.site.Site;
import vmlab.snapshot.Goldens;
import vmlab.snapshot.RestoreGolden;
import vmlab.snapshot.SaveGolden;
import vmlab.spec.Cluster;
import vmlab.spec.Tests;

/** Brings a lab up: the whole story, in order. */
public final class Up {

    private final Site site;
    private final Images images;
    private final FetchImages containers;
    private final boolean keep;
    private final boolean freshDisks;
    private final boolean isCold;
    private final Goldens goldens;

    /**
     * An up on {@code site}.
     *
     * @param containers brings the container images that cluster.yaml names
     * @param keep leaves a lab that failed as it is, to be looked at
     * @param freshDisks whether disks whose machines are gone are made anew
     * @param isCold whether it boots, also where there is a golden lab to go on from
     */
    public Up(Site site, Images images, FetchImages containers, boolean keep, boolean freshDisks, boolean isCold) {
        this.site = site;
        this.images = images;
        this.containers = containers;
        this.keep = keep;
        this.freshDisks = freshDisks;
        this.isCold = isCold;
        this.goldens = new Goldens(site.home());
    }

    private Pipeline<Cluster, ClusterUp> phases(Cluster cluster, EarlyKeys keys, Scope scope) {
        RestoreGolden restore = new RestoreGolden(site, goldens, new Diagnose(site));
        Pipeline<Cluster, ClusterUp> phases = Pipeline.of(new CheckHost(site, freshDisks))
                .then(new ResolveImage(site, images))
                .then(new Decide())
                .then(new DefineNetwork(site))
                .thenEither(lab -> !isCold && restore.isWanted(lab), restore, cold(cluster, keys, scope));
        for (Tests tests : cluster.tests()) {
            phases = phases.then(new ProveSuite(site, tests));
        }
        return phases;
    }

    private Pipeline<Bootable, ClusterUp> cold(Cluster cluster, EarlyKeys keys, Scope scope) {
        UncordonNodes uncordon = new UncordonNodes(site);
        boolean isFirst = !Files.exists(site.folder(cluster.name()).kubeconfig());
        SaveGolden save = new SaveGolden(site, goldens, isFirst);
        return Pipeline.of(new PrepareNodes(site, keys))
                .then(new ServeBoot(site))
                .then(new PowerOnNodes(site))
                .then(new AwaitSsh(site, scope))
                .then(new AwaitProvision(site))
                .then(new FetchKubeconfig(site))
                .thenWhere(RenewTokens::isNeeded, new RenewTokens(site))
                .thenWhere(ChangeNodes::isNeeded, new ChangeNodes(site))
                .thenWhere(uncordon::isNeeded, uncordon)
                .then(new AwaitReady(site))
                .thenWhere(RestartNodes::isNeeded, new RestartNodes(site))
                .thenWhere(save::isWanted, save);
    }

    /** Does what is left to do until the lab is up. A lab that this call began and could not finish is taken down again. */
    public LabUp run(Cluster cluster, Run run) throws InterruptedException {
        try (Scope scope = new Scope();
                LabLock lock = LabLock.take(site, cluster.name())) {
            boolean isOurs = site.identity(cluster.name()).isEmpty()
                    && site.inventory(cluster.name()).isEmpty();
            var failed = new FailedUp(site, cluster.name(), isOurs && !keep);
            // A golden lab has its keys.
            EarlyKeys keys = EarlyKeys.begin(isOurs && (isCold || !goldens.haveOne(cluster.name())));
            try {
                if (!cluster.podImages().isEmpty()) {
                    run.perform(containers, cluster.podImages());
                }
                boolean isServedOtherwise =
                        !ServiceEdits.of(cluster, site.folder(cluster.name())).isEmpty();
                return LabUp.of(phases(cluster, keys, scope).run(cluster, run), isServedOtherwise);
            } catch (BuildElsewhere beforeAnythingWasMade) {
                throw beforeAnythingWasMade;
            } catch (LabFailure failure) {
                throw failed.of(failure, run);
            } catch (RuntimeException | InterruptedException failure) {
                failed.takeDown(failure, run);
                throw failure;
            }
        }
    }
}
