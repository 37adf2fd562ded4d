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
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.run.Seconds;
import vmlab.site.FolderTree;
import vmlab.site.LabLock;
import vmlab.site.Site;
import vmlab.spec.Bytes;

/** Brings a fork up whose folder was prepared: in this host there is nothing but the fork. Returns its kubeconfig. */
public record StartFork(Site site, Images images) implements Phase<String, Path> {

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
            run.result("fork " + lab + ", " + Seconds.text(Duration.between(began, Instant.now())));
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
        new ForkTurn(site, lab).goOn(back, domains, manifest.leases(), run);
        new ApiDoor(site, folder)
                .publish(Kubeconfig.read(folder.ownKubeconfig()).named(lab));
        FolderTree.delete(folder.origin());
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
