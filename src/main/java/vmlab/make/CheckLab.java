package vmlab.make;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import vmlab.boot.GitSource;
import vmlab.boot.Pxelinux;
import vmlab.machine.KvmProbe;
import vmlab.machine.Machine;
import vmlab.plan.Edits;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.Identity;
import vmlab.site.LabState;
import vmlab.site.WayOut;
import vmlab.spec.Accel;
import vmlab.spec.BootMode;
import vmlab.spec.Bytes;
import vmlab.spec.Cluster;
import vmlab.spec.Provision;

/**
 * Refuses a lab that this machine can't carry, or of which only a half is there. Asks no hypervisor: {@code up} and {@code plan} both
 * begin so.
 *
 * @param uri the hypervisor, as {@code --connect} names it
 * @param inside whether this is said within the embedded host
 * @param freshDisks disks whose machines are gone may go too
 */
public record CheckLab(Path home, String uri, boolean inside, boolean freshDisks) {

    /** The plan of {@code cluster}, from what the hypervisor has of {@code everything}. */
    public Plan of(Cluster cluster, Inventory everything, Run run) throws InterruptedException {
        checkProvision(cluster, run);
        Inventory found = everything.of(cluster.name());
        refuseHalf(cluster.name(), found);
        LabState.refuseHalfRestored(LabFolder.of(home, cluster.name()));
        cluster.warnings().forEach(run::note);
        if (!Identity.isHere(uri)) {
            CheckElsewhere.refuse(cluster, uri);
            return new ChooseNetworks(cluster, everything, false).plan();
        }
        Plan plan = new ChooseNetworks(cluster, everything).plan();
        if (uri.equals(Identity.EMBEDDED)) {
            new CheckWayOut(WayOut.of(home)).refuse(plan, found, inside);
        }
        if (plan.boots(BootMode.TFTP)) {
            Pxelinux.installed();
        }
        if (found.isEmpty() && plan.hasSeveralControllers()) {
            refuseTaken(Plan.API_PORT);
            refuseTaken(Plan.CONTROL_API_PORT);
        }
        if (found.domains().isEmpty() && cluster.accel() == Accel.KVM) {
            KvmProbe.choose(Accel.KVM);
        }
        new CheckPorts(home, inside).run(plan.lab(), cluster.ports());
        checkRoom(Edits.needs(plan, found), !found.isEmpty());
        return plan;
    }

    /** A lab of which one half is gone is not made anew over the other. */
    private void refuseHalf(String lab, Inventory found) {
        LabFolder folder = LabFolder.of(home, lab);
        boolean begun = Identity.read(folder).isPresent();
        if (!begun && Files.exists(LabFolder.forkHome(home, lab))) {
            throw LabFailure.input(
                    "there is a fork " + lab,
                    "its folder is " + LabFolder.forkHome(home, lab),
                    "give the lab another name, or lab down " + lab + " removes the fork");
        }
        if (!begun && LabState.hasMoreThanEvidence(folder) && (!found.isEmpty() || !LabState.hasDisks(folder))) {
            throw LabFailure.input(
                    "the folder of lab " + lab + " does not say that it is a lab's",
                    folder.path() + " has files and no " + folder.identity().getFileName(),
                    found.isEmpty()
                            ? "move them elsewhere, or give the lab another name"
                            : "put the file back from a backup; lab down " + lab + " removes machines and disks alike");
        }
        if (!begun && !found.isEmpty()) {
            throw LabFailure.input(
                    "lab " + lab + " has machines and no folder",
                    "keys and disks were in " + folder.path() + ", which is gone",
                    "lab down " + lab + " removes the machines; lab up then begins anew");
        }
        if (freshDisks && !found.domains().isEmpty()) {
            throw LabFailure.input(
                    "lab " + lab + " gets no fresh disks",
                    "its machines are there and use the ones that it has",
                    "leave --fresh-disks out, or lab down " + lab + " first");
        }
        if (found.isEmpty() && !freshDisks && LabState.hasDisks(folder)) {
            throw LabFailure.input(
                    "lab " + lab + " has disks and no machines",
                    "%s has nothing of it; %s has its disks".formatted(uri, folder.path()),
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
    private void checkRoom(Edits.Needs needs, boolean isThere) {
        refuseBeyond("memory", needs.memory(), Machine.availableMemory(), isThere);
        refuseBeyond("disk", needs.disk(), Machine.freeDisk(home), isThere);
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

    private static void refuseBeyond(String what, Bytes wanted, Bytes available, boolean isThere) {
        if (wanted.value() > available.value()) {
            throw LabFailure.machine(
                    "the lab does not fit this machine",
                    "it wants %s%s of %s, and %s is free".formatted(wanted, isThere ? " more" : "", what, available),
                    "give the nodes less " + what + " in cluster.yaml, or free some");
        }
    }
}
