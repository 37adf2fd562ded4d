package vmlab.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import vmlab.run.LabFailure;

/**
 * Tells the file or folder of an image from a name. What is written as a path is one; of what could be either, only a file or folder that
 * looks like an image is: a folder {@code nginx} with something else in it does not hide the image of that name.
 */
public final class ImageFile {

    private static final Pattern PATH = Pattern.compile("\\.{0,2}/.*|~.*|.*\\.(tar|tar\\.gz|tgz|oci)");
    private static final int MAGIC_AT = 257;
    private static final byte[] TAR = {'u', 's', 't', 'a', 'r'};

    private ImageFile() {}

    /** The file or folder that is meant; empty where it is a name. One that is written as a path must be there. */
    public static Optional<Path> of(String text) {
        Path path = Path.of(text);
        if (PATH.matcher(text).matches()) {
            if (!Files.exists(path)) {
                throw LabFailure.input(
                        "there is no file " + text,
                        "looked in " + path.toAbsolutePath().getParent(),
                        "correct the path");
            }
            return Optional.of(path);
        }
        return LayoutFolder.isOne(path) || looksLikeArchive(path) ? Optional.of(path) : Optional.empty();
    }

    /** A file or folder that is to be an image, refused where it does not look like one. */
    static Path required(Path file) {
        if (!LayoutFolder.isOne(file) && !DockerArchive.isOne(file) && !looksLikeArchive(file)) {
            throw LabFailure.input(
                    file + " can't be loaded",
                    "it is neither an archive of docker or OCI nor a folder with an OCI layout",
                    "docker save, podman save and skopeo copy to oci-archive:FILE make one");
        }
        return file;
    }

    private static boolean looksLikeArchive(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(MAGIC_AT + TAR.length);
            return begin.length > 2 && begin[0] == 0x1f && (begin[1] & 0xff) == 0x8b
                    || begin.length == MAGIC_AT + TAR.length
                            && Arrays.equals(begin, MAGIC_AT, begin.length, TAR, 0, TAR.length);
        } catch (IOException unreadable) {
            return true;
        }
    }
}
