package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Whether what nodes boot is still what was built. */
public final class Damage {

    /** How a file's SHA-256 is found out: by reading it, or by what is known of it. */
    interface Sums {
        String sha256(Path file) throws IOException;
    }

    private static final Set<String> BOOTED = Set.of("vmlinuz", "initrd", "root.squashfs");

    private Damage() {}

    /** A line for each file of the image in {@code folder} that is missing, truncated or altered; takes as long as reading them. */
    public static List<String> of(Path folder) {
        try {
            return Description.read(folder)
                    .map(built -> of(built.image(folder), FileHashes::read))
                    .orElseGet(() -> List.of(Description.FILE + " is missing from " + folder));
        } catch (IOException unreadable) {
            return List.of(Description.FILE + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** The same of an image, by {@code sums}. */
    static List<String> of(BootImage image, Sums sums) {
        var booted = new TreeMap<>(image.files());
        booted.keySet().retainAll(BOOTED);
        return of(image.folder(), booted, sums);
    }

    /** The same of all {@code files} that an image was built with; each line begins with the file's name. */
    static List<String> of(Path folder, Map<String, Artifact> files, Sums sums) {
        return files.entrySet().stream()
                .flatMap(file -> of(folder.resolve(file.getKey()), file.getValue(), sums).stream())
                .toList();
    }

    /** What to do about an image that is damaged. */
    public static String cure(Path folder) {
        return "rm -r " + folder
                + ", then lab image build or lab image import brings it back; a lab that boots it: lab down, lab up";
    }

    private static Optional<String> of(Path file, Artifact was, Sums sums) {
        String name = String.valueOf(file.getFileName());
        try {
            if (!Files.exists(file)) {
                return Optional.of(name + " is missing from " + file.getParent());
            }
            long size = Files.size(file);
            if (size != was.size()) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "%s has %d bytes, was built with %d: %s",
                        name,
                        size,
                        was.size(),
                        size < was.size() ? "truncated" : "something was added"));
            }
            String sha256 = sums.sha256(file);
            return sha256.equals(was.sha256())
                    ? Optional.empty()
                    : Optional.of(name + " has sha256 " + sha256 + ", was built with " + was.sha256() + ": altered");
        } catch (IOException unreadable) {
            return Optional.of(name + " cannot be read: " + unreadable.getMessage());
        }
    }
}
