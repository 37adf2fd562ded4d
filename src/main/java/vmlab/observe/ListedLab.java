package vmlab.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import vmlab.boot.BootConfig;
import vmlab.net.Forward;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.site.Identity;
import vmlab.site.LabState;

/** A lab as {@code lab list} shows it; {@code state} is what {@link LabState} calls it. */
public record ListedLab(String lab, String network, int nodes, int running, String state) {

    /** All that the hypervisor {@code uri} has, and all that have a folder in {@code home}, by name. */
    public static List<ListedLab> all(Inventory found, Path home, String uri) {
        return Stream.concat(found.labs().stream(), folders(home.resolve("labs")))
                .distinct()
                .sorted()
                .map(lab -> of(lab, found.of(lab), home, uri))
                .toList();
    }

    /** A fork, which has a hypervisor of its own: what its folder says, and whether its boot server answers. */
    public static ListedLab fork(String lab, LabFolder folder) {
        int nodes = 0;
        try {
            nodes = BootConfig.read(folder.bootConfig()).clients().size();
        } catch (UncheckedIOException notYet) {
            // It is being made, or damaged: a command about it says so.
        }
        boolean isRunning = Forward.isOpen(folder.apiSocket());
        return new ListedLab(lab, "", nodes, isRunning ? nodes : 0, isRunning ? "running, a fork" : "off, a fork");
    }

    private static ListedLab of(String lab, Inventory found, Path home, String uri) {
        return new ListedLab(
                lab,
                found.network().map(network -> network.cidr().toString()).orElse(""),
                found.domains().size(),
                (int) found.domains().stream()
                        .filter(Inventory.DomainFound::running)
                        .count(),
                state(lab, found, home, uri));
    }

    /** One whose folder can't be used hides no other; a command about it says why. */
    private static String state(String lab, Inventory found, Path home, String uri) {
        try {
            return LabState.of(Identity.read(LabFolder.of(home, lab)), found, home, uri);
        } catch (LabFailure unusable) {
            return LabState.UNUSABLE;
        }
    }

    private static Stream<String> folders(Path labs) {
        try (Stream<Path> folders = Files.list(labs)) {
            return folders
                    .filter(folder -> Files.exists(new LabFolder(folder).identity()))
                    .map(folder -> folder.getFileName().toString())
                    .toList()
                    .stream();
        } catch (NoSuchFileException none) {
            return Stream.empty();
        } catch (IOException error) {
            throw new UncheckedIOException("the labs' folders can't be listed", error);
        }
    }
}
