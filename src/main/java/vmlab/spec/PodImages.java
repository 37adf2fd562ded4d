package vmlab.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The container images that a lab's pods are to find, and whether others may be pulled when a pod asks for them.
 *
 * <pre>{@code
 * images: [./app.tar, registry.example/db:3]   # files, or names
 * pull: missing                                # or never
 * }</pre>
 *
 * @param files archives of docker or OCI, folders with an OCI layout; absolute
 * @param names those that the store has, or docker or podman on this machine, or their registry
 */
public record PodImages(List<Path> files, List<ImageName> names, Pull pull) {

    /** What stands when the file says nothing. */
    public static final PodImages NONE = new PodImages(List.of(), List.of(), Pull.MISSING);

    /** What of images that are not on this machine. */
    public enum Pull {
        /** Nothing is asked of any registry. */
        NEVER,
        /** They are pulled from their registry. */
        MISSING;

        /** As the YAML has it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies its lists. */
    public PodImages {
        files = List.copyOf(files);
        names = List.copyOf(names);
    }

    /** Whether nothing is asked for. */
    public boolean isEmpty() {
        return files.isEmpty() && names.isEmpty();
    }
}
