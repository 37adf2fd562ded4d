package vmlab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.run.LabFailure;
import vmlab.run.LockFile;
import vmlab.spec.Specs;

/**
 * Keeps two commands from changing the same lab at once. Each lab has a file for it outside of its folder, {@code $LAB_HOME/locks/NAME},
 * which is there only while a command works on the lab and says which one.
 */
public final class LabLock implements AutoCloseable {

    /** The process that the user sees: with the embedded host, Java's own id means nothing outside of it. The launcher sets it. */
    private static final String PROCESS = "LAB_PROCESS";

    private final LockFile file;

    private LabLock(LockFile file) {
        this.file = file;
    }

    /** Takes the lock of {@code lab}, or says who has it. */
    public static LabLock take(Site site, String lab) {
        return take(site.home(), lab);
    }

    /** The same, of a lab with its folder in {@code home}. */
    public static LabLock take(Path home, String lab) {
        if (!Specs.isName(lab)) {
            throw LabFailure.input("there is no lab " + lab, "it is no name", "lab list shows the ones that are");
        }
        Path file = home.resolve("locks").resolve(lab);
        try {
            return LockFile.tryTake(file, holder()).map(LabLock::new).orElseThrow(() -> taken(lab, file));
        } catch (IOException error) {
            throw LabFailure.lab(
                            "lab " + lab + " could not be locked",
                            String.valueOf(error.getMessage()),
                            "see what " + file + " is and who owns it; a lock that no command holds may be removed")
                    .causedBy(error);
        }
    }

    /** Whether a command works on {@code lab} now. */
    public static boolean isHeld(Path home, String lab) {
        try {
            Path file = home.resolve("locks").resolve(lab);
            return Files.exists(file) && LockFile.isHeld(file);
        } catch (IOException unknown) {
            return false;
        }
    }

    private static LabFailure taken(String lab, Path file) {
        List<String> holder = LockFile.holder(file).lines().toList();
        if (holder.size() < 3) {
            return LabFailure.lab(
                    "lab " + lab + " is being changed by another command",
                    "it holds " + file,
                    "wait for it to end, then try again");
        }
        return LabFailure.lab(
                "lab " + lab + " is being changed by another command",
                "%s (process %s) has held it since %s".formatted(holder.get(2), holder.get(0), holder.get(1)),
                "wait for it to end, or end it: kill " + holder.get(0));
    }

    /** Process, time and command, a line each. */
    private static String holder() {
        String process = Optional.ofNullable(System.getenv(PROCESS))
                .orElseGet(() -> Long.toString(ProcessHandle.current().pid()));
        String since =
                LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
        return String.join("\n", process, since, command()) + "\n";
    }

    private static String command() {
        List<String> words = Stream.of(
                        ProcessHandle.current().info().arguments().orElse(new String[0]))
                .dropWhile(word -> !word.equals("vmlab.cli.Main"))
                .skip(1)
                .toList();
        return words.isEmpty() ? "a program that uses lab" : "lab " + String.join(" ", words);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
