package vmlab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import vmlab.plan.Digest;

/**
 * Where files for firmware that speaks no HTTP lie where libvirt is the machine's own: its dnsmasq, which hands them out, is a user who may
 * not enter a lab's folder. Nobody can have been there before: the lab's id is part of the name.
 */
public final class TftpFolder {

    private static final Path PLACE = Path.of("/var/tmp");

    private TftpFolder() {}

    static Path of(Identity lab) {
        return PLACE.resolve(prefix(Path.of(lab.home())) + lab.id());
    }

    private static String prefix(Path home) {
        return "lab-tftp-" + Digest.of(6, Identity.path(home)) + "-";
    }

    /** Removes that of a lab that is gone. */
    public static void forget(Identity lab) {
        FolderTree.delete(of(lab));
    }

    /** Those of labs in {@code home} whose ids are not among {@code ids}. */
    public static List<Path> leftovers(Path home, Set<String> ids) {
        try (Stream<Path> folders = Files.list(PLACE)) {
            String prefix = prefix(home);
            return folders.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                    .filter(folder -> {
                        String name = folder.getFileName().toString();
                        return name.startsWith(prefix) && !ids.contains(name.substring(prefix.length()));
                    })
                    .sorted()
                    .toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
