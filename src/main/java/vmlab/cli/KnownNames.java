package vmlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import vmlab.observe.ListedLab;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.snapshot.Forks;
import vmlab.snapshot.Goldens;
import vmlab.snapshot.Snapshots;
import vmlab.spec.SpecException;
import vmlab.spec.Specs;

/** What the home knows by name, without a question to a hypervisor: for whoever completes a word. */
record KnownNames(Path home) {

    /** All labs that have a folder, forks among them. */
    List<String> labs() {
        return Stream.concat(
                        ListedLab.all(Inventory.EMPTY, home, "").stream().map(ListedLab::lab),
                        new Forks(home).names().stream())
                .toList();
    }

    /** The nodes of a lab, as its cluster.yaml was last given. */
    List<String> nodes(String lab) {
        Path spec = folder(lab).spec();
        try {
            return Files.exists(spec)
                    ? Specs.readCluster(spec).nodes().stream()
                            .map(node -> node.name())
                            .toList()
                    : List.of();
        } catch (SpecException damaged) {
            return List.of();
        }
    }

    /** The snapshots of a lab that are on this machine, and its golden one. */
    List<String> snapshots(String lab) {
        try {
            return Stream.concat(
                            new Snapshots(folder(lab)).all().stream().map(Snapshots.Saved::name),
                            new Goldens(home).haveOne(lab) ? Stream.of(Snapshots.GOLDEN) : Stream.of())
                    .toList();
        } catch (LabFailure damaged) {
            return List.of();
        }
    }

    private LabFolder folder(String lab) {
        Forks forks = new Forks(home);
        return LabFolder.of(forks.names().contains(lab) ? forks.home(lab) : home, lab);
    }
}
