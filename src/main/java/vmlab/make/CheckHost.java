package vmlab.make;

import java.nio.file.Files;
import java.util.Optional;
import vmlab.boot.GitSource;
import vmlab.boot.Pxelinux;
import vmlab.machine.KvmProbe;
import vmlab.machine.Machine;
import vmlab.plan.Accelerator;
import vmlab.plan.Edits;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.LabState;
import vmlab.site.Site;
import vmlab.site.TemporaryMemory;
import vmlab.spec.Bytes;
import vmlab.spec.Cluster;
import vmlab.spec.GoldenUse;
import vmlab.spec.Provision;

/** Decides what cluster.yaml leaves open and refuses what this machine cannot carry, before anything is created. */
public final class CheckHost implements Phase<Cluster, Checked> {

    private final Site site;
    private final boolean freshDisks;

    /** The phase on {@code site}; {@code freshDisks}: disks whose machines are gone may go too. */
    public CheckHost(Site site, boolean freshDisks) {
        this.site = site;
        this.freshDisks = freshDisks;
    }

    @Override
    public String name() {
        return PhaseName.HOST.toString();
    }

    @Override
    public String doing() {
        return "see whether this machine can carry the lab";
    }

    @Override
    public Checked run(Cluster cluster, Run run) throws InterruptedException {
        checkProvision(cluster, run);
        Inventory everything = site.everything(cluster.name());
        Inventory found = everything.of(cluster.name());
        refuseHalf(cluster.name(), found);
        LabState.refuseHalfRestored(site.folder(cluster.name()));
        cluster.warnings().forEach(run::note);
        Plan plan = new ChooseNetworks(cluster, everything).plan();
        if (plan.usesTftp()) {
            Pxelinux.installed();
        }
        if (found.isEmpty() && plan.hasSeveralControllers()) {
            refuseTaken(Plan.API_PORT);
            refuseTaken(Plan.CONTROL_API_PORT);
        }
        if (site.embedded()) {
            new CheckWayOut(site.wayOut()).run(plan, found, run);
        }
        new CheckPorts(site).run(plan.lab(), cluster.ports());
        Edits.Needs needs = Edits.needs(plan, found);
        checkRoom(needs);
        if (found.isEmpty() && cluster.golden() == GoldenUse.AUTO && site.embedded()) {
            noteMemory(needs, run);
        }
        Accelerator accelerator;
        if (found.domains().isEmpty()) {
            accelerator = KvmProbe.choose(cluster.accel());
            site.engine().requireVersions(accelerator);
            if (accelerator == Accelerator.TCG) {
                // The limits are asked for once there is something to wait for.
                site.calibration().begin();
            }
        } else {
            accelerator = found.domains().getFirst().accelerator();
        }
        run.result("%s, %s, network %s".formatted(site.engine().uri(), accelerator, plan.network()));
        return new Checked(plan, accelerator, found);
    }

    /** A lab of which one half is gone is not made anew over the other. */
    private void refuseHalf(String lab, Inventory found) {
        boolean begun = site.identity(lab).isPresent();
        if (!begun && Files.exists(LabFolder.forkHome(site.home(), lab))) {
            throw LabFailure.input(
                    "there is a fork " + lab,
                    "its folder is " + LabFolder.forkHome(site.home(), lab),
                    "give the lab another name, or lab down " + lab + " removes the fork");
        }
        if (!begun && !found.isEmpty()) {
            throw LabFailure.input(
                    "lab " + lab + " has machines and no folder",
                    "keys and disks were in " + site.folder(lab).path() + ", which is gone",
                    "lab down " + lab + " removes the machines; lab up then begins anew");
        }
        if (freshDisks && !found.domains().isEmpty()) {
            throw LabFailure.input(
                    "lab " + lab + " gets no fresh disks",
                    "its machines are there and use the ones that it has",
                    "leave --fresh-disks out, or lab down " + lab + " first");
        }
        if (found.isEmpty() && !freshDisks && LabState.hasDisks(site.folder(lab))) {
            throw LabFailure.input(
                    "lab " + lab + " has disks and no machines",
                    "%s has nothing of it; %s has its disks"
                            .formatted(site.uri(), site.folder(lab).path()),
                    "lab down " + lab + " removes the disks; lab up --fresh-disks begins anew without what is on them");
        }
    }

    /** What no node could be provisioned from is refused here; what lies elsewhere only a node can ask for. */
    private static void checkProvision(Cluster cluster, Run run) throws InterruptedException {
        Optional<Provision> local = cluster.provision().filter(Provision::isLocal);
        if (local.isPresent()) {
            GitSource source = GitSource.of(local.get());
            source.check();
            source.remarks().forEach(run::note);
        }
    }

    /** What the lab has already is not asked for again. */
    private void checkRoom(Edits.Needs needs) {
        refuseBeyond("memory", needs.memory(), Machine.availableMemory());
        refuseBeyond("disk", needs.disk(), Machine.freeDisk(site.home()));
    }

    /** Nodes find the controllers there, at the lab's gateway. */
    private static void refuseTaken(int port) {
        if (Machine.isPortTaken(port)) {
            throw LabFailure.machine(
                    "several controllers need port " + port + " of this machine",
                    "a program listens there on all addresses: ss -ltnp sport = :" + port + " names it",
                    "stop it, let it listen on one address, or take --connect embedded, which has ports of its own");
        }
    }

    /** Nodes have their memory where there is room for it as files, and only then can it be kept. */
    private void noteMemory(Edits.Needs needs, Run run) {
        if (!TemporaryMemory.isRoomFor(site.home(), needs.memory())) {
            run.note("no golden lab and no snapshots: the nodes want " + needs.memory() + ", "
                    + TemporaryMemory.evidence(site.home()));
        }
    }

    private static void refuseBeyond(String what, Bytes wanted, Bytes available) {
        if (wanted.value() > available.value()) {
            throw LabFailure.machine(
                    "the lab does not fit this machine",
                    "it wants %s of %s, and %s is free".formatted(wanted, what, available),
                    "give the nodes less " + what + " in cluster.yaml, or free some");
        }
    }
}
