package vmlab.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder that everybody may read, whatever files and folders this process makes are to be otherwise (umask). */
public final class OpenFolder {

    private OpenFolder() {}

    /** Makes it, and returns it; what is above it is made as usual. */
    public static Path make(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
