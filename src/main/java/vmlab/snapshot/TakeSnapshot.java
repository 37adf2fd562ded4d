package vmlab.snapshot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import vmlab.engine.Machines;
import vmlab.kube.Kubeconfig;
import vmlab.kube.RestoredLook;
import vmlab.machine.DiskUse;
import vmlab.machine.LayeredDisk;
import vmlab.plan.Digest;
import vmlab.plan.Inventory;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.plan.LabFolder;
import vmlab.run.AtomicFile;
import vmlab.run.LabFailure;
import vmlab.run.PrivateFiles;
import vmlab.run.Run;
import vmlab.run.Scope;
import vmlab.site.FolderTree;
import vmlab.site.LabState;
import vmlab.site.Site;
import vmlab.spec.Bytes;

/**
 * Writes down a lab as it stands at one moment: all its nodes stand still together, as long as it takes to write down what they may change,
 * and go on.
 */
record TakeSnapshot(Site site, String lab) {

    /** A lease is renewed within 10 s. */
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private static final Duration PACE = Duration.ofMillis(200);

    /** Fills {@code into}; returns for how long the nodes stood still. {@code cold}: how long the boot took that it saves. */
    Duration fill(Snapshot into, Duration cold, Run run) throws IOException, InterruptedException {
        LabFolder folder = site.folder(lab);
        LabState.refuseHalfRestored(folder);
        LabState.wake(site, site.inventory(lab));
        List<DomainFound> nodes = requireRunning();
        PrivateFiles.folder(into.folder());
        PrivateFiles.folder(into.files());
        List<NodeCopy> copies = new ArrayList<>();
        for (DomainFound node : nodes) {
            String name = node.mark().node();
            copies.add(NodeCopy.begin(name, node.name(), new LayeredDisk(folder.stateDisk(name))));
        }
        Map<String, String> leases = moment(Kubeconfig.read(folder.ownKubeconfig()), run);
        Snapshot first = stage(nodes).orElse(into);
        Duration still = saveStandingStill(copies, first);
        describe(into);
        for (NodeCopy copy : copies) {
            LayeredDisk.link(copy.disk(), into.files());
            if (!first.equals(into)) {
                copy.move(first, into);
            }
            for (Path layer : copy.disk()) {
                keep(layer);
            }
        }
        if (!first.equals(into)) {
            Files.delete(first.folder());
        }
        new LabFiles(folder, copies.stream().map(NodeCopy::node).toList()).save(into.files());
        new Manifest(
                        lab,
                        Instant.now().toString(),
                        Manifest.bootOfThisMachine(),
                        made(nodes),
                        Carrier.of(site.engine()),
                        cold.toMillis(),
                        DiskUse.of(into.folder()),
                        leases,
                        Manifest.sizes(into),
                        Manifest.sums(into))
                .write(into);
        return still;
    }

    /** What is known of the leases, at a good moment where one comes: not where clocks differ, and then going on takes a little longer. */
    private Map<String, String> moment(Kubeconfig access, Run run) throws InterruptedException {
        try {
            return run.await("", "the moment before nodes renew their leases", LIMIT)
                    .every(PACE)
                    .until(new LeaseMoment(access));
        } catch (LabFailure none) {
            return leases(access);
        }
    }

    private Map<String, String> leases(Kubeconfig access) {
        try {
            return RestoredLook.leases(access);
        } catch (IOException silent) {
            throw LabFailure.lab(
                            "lab " + lab + " can't be copied as it stands",
                            "its API does not answer: " + silent.getMessage(),
                            "lab status " + lab + " says how it is; try again once it is Ready")
                    .causedBy(silent);
        }
    }

    /** Returns for how long; whatever happens, all go on. */
    private Duration saveStandingStill(List<NodeCopy> copies, Snapshot into) throws IOException, InterruptedException {
        Machines machines = site.engine().machines();
        Instant began = Instant.now();
        try (Scope still = new Scope()) {
            for (NodeCopy copy : copies) {
                machines.pause(copy.domain());
                still.keep(() -> machines.resume(copy.domain()));
            }
            Together.all(copies.stream()
                    .map(copy -> (Callable<NodeCopy>) () -> {
                        copy.save(machines, into);
                        return copy;
                    })
                    .toList());
        }
        return Duration.between(began, Instant.now());
    }

    /** Where it is written to while nodes stand still: into memory that is faster than a disk, where there is enough of it. */
    private Optional<Snapshot> stage(List<DomainFound> nodes) throws IOException {
        long all = nodes.stream().mapToLong(node -> node.memory().value()).sum();
        Optional<Path> folder = site.spareMemory(lab, new Bytes(all)).map(memory -> memory.resolve("stage"));
        if (folder.isPresent()) {
            FolderTree.delete(folder.get());
            PrivateFiles.folder(folder.get());
        }
        return folder.map(Snapshot::new);
    }

    /** What each node was made from, to be compared with what it is made from later. */
    static Map<String, String> made(List<DomainFound> nodes) {
        Map<String, String> made = new TreeMap<>();
        nodes.forEach(node -> made.put(
                node.mark().node(),
                Digest.of(8, node.made().image(), node.made().aspects().toString())));
        return made;
    }

    private void describe(Snapshot into) throws IOException {
        Inventory found = site.inventory(lab);
        Files.createDirectory(into.machines());
        Files.createDirectory(into.networks());
        for (DomainFound node : found.domains()) {
            String name = node.name();
            AtomicFile.write(
                    into.machines().resolve(name), site.engine().machines().description(name));
        }
        for (NetworkFound network : found.networks()) {
            String name = network.name();
            AtomicFile.write(
                    into.networks().resolve(name), site.engine().networks().description(name));
        }
    }

    /** Its machines, which all run; anything else is refused. */
    List<DomainFound> requireRunning() {
        List<DomainFound> nodes = site.inventory(lab).domains();
        List<String> off = nodes.stream()
                .filter(node -> !node.running())
                .map(node -> node.mark().node())
                .toList();
        if (!site.embedded()) {
            throw LabFailure.input(
                    "lab " + lab + " can't be copied as it stands",
                    "its memory is out of reach at " + site.uri(),
                    "labs in the embedded host can: lab --connect embedded up");
        }
        if (nodes.isEmpty() || !off.isEmpty()) {
            throw LabFailure.input(
                    "lab " + lab + " does not run",
                    off.isEmpty() ? "it has no machines" : "off: " + String.join(", ", off),
                    "lab start " + lab + " switches it on");
        }
        return nodes;
    }

    /** Disks have no sums by which it would be seen that a power cut of this machine has lost something. */
    private static void keep(Path file) throws IOException {
        try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "rw")) {
            written.getFD().sync();
        }
    }
}
