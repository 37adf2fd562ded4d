package vmlab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vmlab.plan.Digest;
import vmlab.spec.Bytes;

/** Where files lie in memory: a folder of one home's own on the tmpfs that Linux has for that. */
public final class TemporaryMemory {

    private static final Path TMPFS = Path.of("/dev/shm");

    private TemporaryMemory() {}

    /**
     * The folder of the labs in {@code home}, which need not be there yet; empty where this machine has no such place, or another user was
     * there before.
     */
    static Optional<Path> of(Path home) {
        try {
            Path folder = TMPFS.resolve("lab-" + Digest.of(6, Identity.path(home)));
            boolean isTmpfs =
                    Files.isWritable(TMPFS) && Files.getFileStore(TMPFS).type().equals("tmpfs");
            return isTmpfs && (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || isOfOwner(folder, home))
                    ? Optional.of(folder)
                    : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Everybody may make folders there, and links. */
    private static boolean isOfOwner(Path folder, Path home) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(home));
    }

    /** Gives back what machines of a lab that is gone had as their memory. */
    public static void forget(Identity lab) {
        of(Path.of(lab.home())).ifPresent(folder -> {
            FolderTree.delete(folder.resolve(lab.id()));
            // It stays where other labs have memory there.
            folder.toFile().delete();
        });
    }

    /** Whether machines in {@code home} can have so much of it. */
    public static boolean isRoomFor(Path home, Bytes size) {
        return of(home).isPresent() && hasRoom(size);
    }

    /** What becomes of the memory of machines in {@code home}, for people. */
    public static String evidence(Path home) {
        return of(home).isEmpty()
                ? "none can be kept: " + TMPFS + " is no tmpfs that can be written, or another user was there before"
                : free() + " free in " + TMPFS + " for the memory of nodes";
    }

    private static Bytes free() {
        try {
            return new Bytes(Files.getFileStore(TMPFS).getUsableSpace());
        } catch (IOException none) {
            return new Bytes(0);
        }
    }

    /** The folders in which labs had memory whose ids are not among {@code ids}: nothing runs in them. */
    public static List<Path> leftovers(Path home, Set<String> ids) {
        Optional<Path> place = of(home).filter(Files::isDirectory);
        if (place.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(place.get())) {
            return folders.filter(folder -> !ids.contains(folder.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Whether so much is free there: a machine whose memory can't grow dies. */
    static boolean hasRoom(Bytes size) {
        return free().compareTo(size) >= 0;
    }
}
