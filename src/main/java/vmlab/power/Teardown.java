package vmlab.power;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.fault.LinkFaults;
import vmlab.kube.MergedInto;
import vmlab.make.ServeBoot;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.FolderTree;
import vmlab.site.Identity;
import vmlab.site.Site;
import vmlab.site.TemporaryMemory;
import vmlab.site.TftpFolder;

/**
 * Removes a lab: everything that carries its mark, its boot server, its folder. Shared by {@code down} and by an {@code up} that failed.
 * It goes on after an error and ends by looking again.
 */
public final class Teardown implements Phase<String, Integer> {

    /** What becomes of the evidence of a failed {@code up}. */
    public enum Evidence {
        KEEP,
        REMOVE
    }

    private final Site site;
    private final Evidence evidence;

    /** A teardown on {@code site}. */
    public Teardown(Site site, Evidence evidence) {
        this.site = site;
        this.evidence = evidence;
    }

    @Override
    public String name() {
        return PhaseName.DOWN.toString();
    }

    @Override
    public String doing() {
        return "remove everything that belongs to the lab";
    }

    /** Removes the lab of this name; returns how many machines and networks went. */
    @Override
    public Integer run(String lab, Run run) throws InterruptedException {
        Inventory found = site.inventory(lab);
        LabFolder folder = site.folder(lab);
        if (found.isEmpty() || Files.isSymbolicLink(folder.path())) {
            Down.refuseOthersFiles(lab, folder);
        }
        if (found.isEmpty()) {
            Down.refuseWithoutIdentity(lab, folder);
        }
        boolean wasThere = Files.exists(folder.identity());
        List<RuntimeException> errors = new ArrayList<>();
        found.domains()
                .forEach(d -> attempt(errors, () -> site.engine().machines().remove(d.name())));
        attempt(errors, () -> ServeBoot.process(folder).stop());
        found.networks()
                .forEach(n -> attempt(errors, () -> site.engine().networks().remove(n.name())));
        LinkFaults.forget(site, lab);
        Inventory left = site.inventory(lab);
        if (left.isEmpty() && errors.isEmpty()) {
            new MergedInto(folder).undo(lab, run);
            switch (evidence) {
                case KEEP -> removeFolder(folder, folder.evidence());
                case REMOVE -> removeFolder(folder);
            }
            int removed = found.domains().size() + found.networks().size();
            run.result(removed > 0 ? "removed " + removed + ", nothing is left" : withoutMachines(lab, wasThere));
            return removed;
        }
        throw LabFailure.lab(
                "lab " + lab + " is not all gone",
                "left: %s; %s".formatted(names(left), errors.isEmpty() ? "no error was told" : why(errors.getFirst())),
                "run lab down " + lab + " again; what stays then, virsh list --all shows");
    }

    /** What is said where libvirt had nothing of the lab; {@code wasThere}: its folder said who it is. */
    static String withoutMachines(String lab, boolean wasThere) {
        return wasThere
                ? "its machines were gone, nothing is left"
                : "no lab is called " + lab + ", so there is nothing to remove";
    }

    private static String why(RuntimeException error) {
        return error instanceof LabFailure failure ? failure.why() : String.valueOf(error.getMessage());
    }

    /** Whose it is goes last: killed before, the next down still knows that disks in here are this lab's. */
    public static void removeFolder(LabFolder folder, Path... spared) {
        // Its machines are gone, be it with the host that they ran in.
        Optional<Identity> lab = Identity.read(folder);
        lab.ifPresent(TemporaryMemory::forget);
        lab.ifPresent(TftpFolder::forget);
        FolderTree.deleteLinked(
                folder.path(),
                Stream.concat(Stream.of(spared), Stream.of(folder.identity())).toArray(Path[]::new));
        FolderTree.deleteLinked(folder.path(), spared);
    }

    private static List<String> names(Inventory left) {
        List<String> names = new ArrayList<>();
        left.domains().forEach(d -> names.add(d.name()));
        left.networks().forEach(n -> names.add(n.name()));
        return names;
    }

    private static void attempt(List<RuntimeException> errors, Runnable removal) {
        try {
            removal.run();
        } catch (LabFailure | UncheckedIOException error) {
            errors.add(error);
        }
    }
}
