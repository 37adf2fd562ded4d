package vmlab.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths as the kernel finds them: {@code ..} after a link leads to where the folder really is, not to what is beside the link. */
public final class AbsolutePath {

    private AbsolutePath() {}

    /** The path of a file: its folder's real one. A file that is a link itself stays the link, and its neighbours are the link's. */
    public static Path of(Path path) {
        Path absolute = path.toAbsolutePath();
        Optional<String> name = Optional.ofNullable(absolute.getFileName()).map(Path::toString);
        try {
            return name.isEmpty() || name.get().equals(".") || name.get().equals("..")
                    ? absolute.toRealPath()
                    : absolute.getParent().toRealPath().resolve(name.get());
        } catch (IOException missing) {
            return absolute;
        }
    }
}
