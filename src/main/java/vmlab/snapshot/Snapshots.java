package vmlab.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.spec.Specs;

/** The snapshots of one lab, by the names that its user gave them; they go with the lab. */
public final class Snapshots {

    /** What the lab's golden one is called here: how it was when it had just become Ready. */
    public static final String GOLDEN = "golden";

    private final String lab;
    private final LabFolder folder;
    private final Shelf shelf;

    /** Those of the lab in this folder. */
    public Snapshots(LabFolder folder) {
        this.lab = folder.lab();
        this.folder = folder;
        this.shelf = new Shelf(folder.snapshots());
    }

    /** One of them, as {@code lab snapshot list} shows it; {@code bytes} of the disk. */
    public record Saved(String name, Instant made, List<String> nodes, long bytes) {}

    /** All that are whole, by name. */
    public List<Saved> all() {
        return shelf.all().stream()
                .map(kept -> new Saved(
                        kept.name(),
                        kept.manifest().madeAt(),
                        List.copyOf(kept.manifest().nodes().keySet()),
                        kept.manifest().used()))
                .toList();
    }

    /** One of them, or the lab's golden one. */
    Shelf.Saved get(String name) {
        if (!name.equals(GOLDEN)) {
            return own(name);
        }
        return new Goldens(folder.path().getParent().getParent())
                .lastOf(lab)
                .orElseThrow(() -> LabFailure.input(
                        "lab " + lab + " has no golden lab",
                        "none was kept when it became Ready, or it was removed",
                        "lab snapshot create " + lab + " NAME takes a snapshot of how it is now"));
    }

    private Shelf.Saved own(String name) {
        return Optional.of(name).filter(Specs::isName).flatMap(shelf::find).orElseThrow(() -> missing(name));
    }

    private LabFailure missing(String name) {
        return missing(lab, name, all().stream().map(Saved::name).toList());
    }

    /** What is said where a lab has the snapshots {@code names} and not this one. */
    static LabFailure missing(String lab, String name, List<String> names) {
        return LabFailure.input(
                "lab " + lab + " has no snapshot " + name,
                names.isEmpty() ? "it has none" : "it has " + String.join(", ", names),
                "lab snapshot create " + lab + " " + (Specs.isName(name) ? name : "NAME") + " takes one");
    }

    /** Refuses what no snapshot of {@code lab} can be called. */
    static void requireName(String lab, String name) {
        if (!Specs.isName(name)) {
            throw LabFailure.input(
                    name + " is no name for a snapshot",
                    "a name has lower-case letters, digits and dashes, and begins with a letter",
                    "choose another");
        }
        if (name.equals(GOLDEN)) {
            throw LabFailure.input(
                    "no snapshot can be called " + GOLDEN,
                    "that is the lab as it was when it became Ready, where its golden lab is kept",
                    "choose another; lab snapshot restore " + lab + " " + GOLDEN + " goes back to that one");
        }
    }

    /** What is said where there is one of that name, taken at {@code made}. */
    static LabFailure taken(String lab, String name, Object made) {
        return LabFailure.input(
                "lab " + lab + " has a snapshot " + name + " already",
                "it was taken at " + made,
                "lab snapshot rm " + lab + " " + name + " removes it");
    }

    /** An empty folder to take one in; a name that is none, or taken, is refused. */
    Snapshot begin(String name) throws IOException {
        requireName(lab, name);
        if (shelf.find(name).isPresent()) {
            throw taken(lab, name, own(name).manifest().made());
        }
        return shelf.begin(name);
    }

    void keep(Snapshot begun, String name) throws IOException {
        shelf.keep(begun, name);
    }

    /** Removes one. */
    public void remove(String name) throws IOException {
        own(name);
        if (Files.exists(folder.restoring())
                && Files.readString(folder.restoring()).strip().equals(name)) {
            throw LabFailure.input(
                    "snapshot " + name + " can't be removed now",
                    "lab " + lab + " is on its way back to it",
                    "lab snapshot restore " + lab + " " + name + " ends that");
        }
        shelf.remove(name);
    }
}
