package vmlab.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.LockFile;
import vmlab.run.PrivateFiles;
import vmlab.spec.Specs;

/** The forks of one user: each is a lab in a home of its own, and so at an embedded host of its own. */
public final class Forks {

    private static final Duration HOST_STARTS = Duration.ofMinutes(1);

    /** Of a Unix socket's path (unix(7)). */
    private static final int LONGEST_PATH = 107;

    private final Path home;
    private final Path place;

    /** Those of {@code home}, or of the home that {@code home} is itself a fork in. */
    public Forks(Path home) {
        Path above = home.resolve("../..").toAbsolutePath().normalize();
        boolean isFork = home.startsWith(LabFolder.forks(above)) && Files.isDirectory(above.resolve("labs"));
        this.home = isFork ? above : home;
        this.place = LabFolder.forks(this.home);
    }

    /** The home of a fork. */
    public Path home(String fork) {
        return place.resolve(fork);
    }

    /** Where those are noted that are about to start, an empty file each. */
    private Path starting() {
        return place.resolve(".starting");
    }

    void noteStarting(List<String> forks) throws IOException {
        PrivateFiles.folder(starting());
        for (String fork : forks) {
            Files.writeString(starting().resolve(fork), "");
        }
    }

    /** Notes that a fork runs, or never will. */
    void noteStarted(String fork) {
        try {
            Files.deleteIfExists(starting().resolve(fork));
            Files.deleteIfExists(starting());
        } catch (IOException others) {
            // Others are noted there, or it is not to be had: then it counts for nothing soon.
        }
    }

    /** Those that are about to start, but this one; what a command noted that was killed is passed over. */
    List<String> startingBeside(String fork) {
        return names(starting()).stream()
                .filter(other -> !other.equals(fork) && isStarting(other))
                .toList();
    }

    /** Whether a command works on it, or soon will: a host starts within half a minute. */
    private boolean isStarting(String fork) {
        try {
            Instant noted = Files.getLastModifiedTime(starting().resolve(fork)).toInstant();
            return Files.isDirectory(LabFolder.of(home(fork), fork).origin())
                    && (LockFile.isHeld(home(fork).resolve("locks").resolve(fork))
                            || noted.isAfter(Instant.now().minus(HOST_STARTS)));
        } catch (IOException gone) {
            return false;
        }
    }

    /** The names of all that have a lab's folder, sorted. */
    public List<String> names() {
        return names(place).stream()
                .filter(name -> Files.isDirectory(LabFolder.of(home(name), name).path()))
                .toList();
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException error) {
            throw new UncheckedIOException("the forks in " + folder + " can't be listed", error);
        }
    }

    /** Names for {@code count} new ones: {@code base} for a single one that was to be called so, else numbered, and not taken yet. */
    List<String> choose(String base, int count, boolean isNamed) {
        if (isNamed && count == 1) {
            if (isTaken(base)) {
                throw LabFailure.input(
                        "there is a lab " + base + " already", "lab list shows it", "choose another name with --name");
            }
            return List.of(checked(base));
        }
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> checked(base + "-" + number))
                .filter(name -> !isTaken(name))
                .limit(count)
                .toList();
    }

    private String checked(String name) {
        if (!Specs.isName(name)) {
            throw LabFailure.input(
                    name + " is no name for a lab",
                    "a name has lower-case letters, digits and dashes, begins with a letter and is not too long",
                    "choose another with --name");
        }
        Path socket = LabFolder.of(home(name), name).apiSocket();
        if (socket.toString().length() > LONGEST_PATH) {
            throw LabFailure.input(
                    "fork " + name + " would have too long a path",
                    socket + " has more than " + LONGEST_PATH + " characters",
                    "choose a shorter name with --name, or a shorter LAB_HOME");
        }
        return name;
    }

    private boolean isTaken(String name) {
        return Files.exists(LabFolder.of(home, name).path()) || Files.exists(home(name));
    }
}
