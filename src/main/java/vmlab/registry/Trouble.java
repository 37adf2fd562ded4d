package vmlab.registry;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import vmlab.run.LabFailure;

/** What goes wrong with files while images come in, said so that a user knows what to do about it. */
final class Trouble {

    /** How the system and its programs call a full disk. */
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded", ": Wrote only ");

    private Trouble() {}

    /** The store can't be read or written. */
    static LabFailure ofStore(Path folder, IOException error) {
        String what = "the store of container images can't be used: " + folder;
        String why = why(error);
        return (isFull(why)
                        ? full(what, why)
                        : LabFailure.machine(
                                what,
                                why,
                                "make that a folder that you can write, or choose another one: LAB_CACHE=FOLDER"))
                .causedBy(error);
    }

    /** Files can't be read or written; the disk may be full. */
    static LabFailure of(String what, IOException error) {
        String why = why(error);
        return (isFull(why) ? full(what, why) : LabFailure.lab(what, why, "see whether it can be read and written"))
                .causedBy(error);
    }

    /** Of some failures Java says nothing but which file it is about. */
    private static String why(IOException error) {
        return switch (error) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case NoSuchFileException missing -> missing.getFile() + ": it is not there, and can't be made";
            default -> String.valueOf(error.getMessage() == null ? error : error.getMessage());
        };
    }

    /** What was given is no image that can be used. */
    static LabFailure noImage(String what, NoImage error) {
        return noImage(what, error, "make it anew: docker save, podman save, or skopeo copy to oci-archive:FILE");
    }

    /** The same of one that came from where only {@code cure} helps. */
    static LabFailure noImage(String what, NoImage error, String cure) {
        String why = String.valueOf(error.getMessage());
        String next = why.contains("not for " + Manifest.PLATFORM)
                ? "build or pull it for " + Manifest.PLATFORM + ": docker build --platform " + Manifest.PLATFORM
                : cure;
        return LabFailure.input(what, why, next).causedBy(error);
    }

    /** Whether that says that the disk is full, or a user's part of it. */
    static boolean isFull(String why) {
        return FULL.stream().anyMatch(why::contains);
    }

    static LabFailure full(String what, String why) {
        return LabFailure.machine(
                what, why, "make room (lab images rm, lab gc), or set LAB_CACHE to a folder on a larger disk");
    }
}
