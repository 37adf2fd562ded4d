package vmlab.machine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * What a test needs of this machine. Where it is missing the test is skipped, and scripts/test says so at its end; with CI=true, where
 * set-up is to have installed everything, it fails, for a skip would go unseen there.
 */
public final class Needs {

    private static final boolean CI = Boolean.parseBoolean(System.getenv("CI"));

    private Needs() {}

    /** Skips the test unless all of these programs are on the path. */
    public static void programs(String... names) {
        List<String> missing =
                Stream.of(names).filter(name -> !isOnThePath(name)).toList();
        installed(missing.isEmpty(), String.join(" and ", missing));
    }

    /** The same for what is no program: {@code what} is its name. */
    public static void installed(boolean there, String what) {
        check(there, what, CI);
    }

    static void check(boolean there, String what, boolean ci) {
        if (there) {
            return;
        }
        String said = what + " not installed; scripts/setup --test installs what this system packages";
        if (ci) {
            throw new AssertionError(said + " (with CI=true no test is skipped for that)");
        }
        throw new TestAbortedException(said);
    }

    private static boolean isOnThePath(String program) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
