package vmlab.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vmlab.boot.BootConfig;
import vmlab.engine.Machines;
import vmlab.image.Images;
import vmlab.kube.Kubeconfig;
import vmlab.make.ApiDoor;
import vmlab.make.RenewAccess;
import vmlab.make.ServeBoot;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.run.LabFailure;
import vmlab.run.LockFile;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.FolderTree;
import vmlab.site.LabLock;
import vmlab.site.Site;
import vmlab.spec.Bytes;

/** Brings a fork up whose folder was prepared: in this host there is nothing but the fork. Returns its kubeconfig. */
public record StartFork(Site site, Images images) implements Phase<String, Path> {

    private static final Duration TURNS = Duration.ofMinutes(10);
    private static final Duration PACE = Duration.ofMillis(50);

    @Override
    public String name() {
        return PhaseName.RESTORE.toString();
    }

    @Override
    public String doing() {
        return "go on from where the lab stood that is forked";
    }

    @Override
    public Path run(String lab, Run run) throws InterruptedException {
        LabFolder folder = site.folder(lab);
        try (LabLock lock = LabLock.take(site, lab)) {
            Instant began = Instant.now();
            start(lab, folder, run);
            run.result("fork " + lab + ", " + CreateSnapshot.seconds(Duration.between(began, Instant.now())));
            return folder.kubeconfig();
        } catch (IOException error) {
            throw new UncheckedIOException("fork " + lab + " could not be written", error);
        } finally {
            new Forks(site.home()).noteStarted(lab);
        }
    }

    private void start(String lab, LabFolder folder, Run run) throws IOException, InterruptedException {
        Snapshot origin = new Snapshot(folder.origin());
        Manifest manifest = Manifest.ofWhole(origin)
                .orElseThrow(() -> LabFailure.input(
                        "fork " + lab + " can't be started",
                        folder.origin() + " is not whole, or it came up already",
                        "lab down " + lab + " removes it"));
        Carrier.require(manifest, site.engine());
        Mark mark = site.mark(lab, "", "");
        for (String network : read(origin.networks())) {
            site.engine().networks().defineCopy(network, mark);
        }
        Path memory = site.memory(lab, new Bytes(0)).orElseThrow(StartFork::noMemory);
        Machines machines = site.engine().machines();
        GoOn back = new GoOn(site, folder, origin);
        back.lay(manifest.nodes().keySet());
        // It has the port of the lab that was forked, where it must lead nobody from here.
        Files.deleteIfExists(folder.kubeconfig());
        new RenewAccess(folder, Clock.systemUTC()).renew(run);
        for (String machine : read(origin.machines())) {
            machines.defineCopy(machine, mark, memory);
        }
        Inventory found = site.inventory(lab);
        found.networks().forEach(network -> site.engine().networks().start(network.name()));
        BootConfig boot = BootConfig.read(folder.bootConfig()).of(lab, folder);
        boot.write(folder.bootConfig());
        claim(boot, folder, run);
        Map<String, String> domains = new LinkedHashMap<>();
        found.domains().forEach(machine -> domains.put(machine.mark().node(), machine.name()));
        goOnInTurn(lab, back, domains, manifest, run);
        new ApiDoor(site, folder)
                .publish(Kubeconfig.read(folder.ownKubeconfig()).named(lab));
        FolderTree.delete(folder.origin());
    }

    /**
     * One after the other: each needs all processors for a moment, and all at once take several times as long altogether. One that is Ready
     * stands still until the last of those that were asked for together is.
     */
    private void goOnInTurn(String lab, GoOn back, Map<String, String> domains, Manifest manifest, Run run)
            throws IOException, InterruptedException {
        Machines machines = site.engine().machines();
        Forks forks = new Forks(site.home());
        boolean standsStill;
        try (LockFile turn =
                run.await("", "other forks, which start", TURNS).every(PACE).until(() -> turn(lab))) {
            Together.all(List.of(
                    () -> {
                        new ServeBoot(site).resume(site.folder(lab), run);
                        return lab;
                    },
                    () -> {
                        back.run(domains);
                        return lab;
                    }));
            var accelerator = site.inventory(lab).domains().getFirst().accelerator();
            back.await(manifest.leases(), site.pace(accelerator).of(GoOn.LIMIT), run);
            standsStill = !forks.startingBeside(lab).isEmpty();
            if (standsStill) {
                domains.values().forEach(machines::pause);
            }
        } finally {
            forks.noteStarted(lab);
        }
        if (standsStill) {
            run.await("", "the last of the forks", TURNS).every(PACE).until(() -> others(forks, lab));
            domains.values().forEach(machines::resume);
        }
    }

    private static Reading<String> others(Forks forks, String lab) {
        List<String> others = forks.startingBeside(lab);
        return others.isEmpty() ? new Reading.Ready<>(lab) : new Reading.NotYet<>(String.join(", ", others) + " start");
    }

    private Reading<LockFile> turn(String lab) {
        Path file = site.home().resolveSibling(".turn");
        try {
            return LockFile.tryTake(file, lab)
                    .<Reading<LockFile>>map(Reading.Ready::new)
                    .orElseGet(() -> new Reading.NotYet<>("fork " + LockFile.holder(file) + " starts"));
        } catch (IOException error) {
            return new Reading.Never<>(String.valueOf(error.getMessage()), "see whether " + file + " can be written");
        }
    }

    private static LabFailure noMemory() {
        return LabFailure.machine(
                "the fork's memory can't be a file",
                "/dev/shm is no tmpfs, or another user was there before",
                "mount a tmpfs there");
    }

    private static List<String> read(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    /** Its images stay as long as it is there. */
    private void claim(BootConfig boot, LabFolder folder, Run run) throws InterruptedException {
        for (Path image : boot.images()) {
            var found = images.ofDigest(image.getFileName().toString());
            if (found.isPresent()) {
                images.claim(found.get(), folder.path(), run);
            }
        }
    }
}
