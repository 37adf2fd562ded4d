package vmlab.junit;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lab of one cluster.yaml in a test run: up from the first that asks for it until the run ends. */
final class RunningLab implements AutoCloseable {

    /** The lab as it became Ready, which {@code lab up} keeps. */
    private static final String GOLDEN = "golden";

    /** A snapshot of that moment, where no golden lab is kept. */
    private static final String READY = "junit";

    private final String name;
    private final FileChannel channel;

    /** The snapshot as which it was Ready and no test had seen it. */
    private final String ready;

    /** Why it can't be gone back to. */
    private final Optional<String> cannotGoBack;

    private boolean isTaken;
    private boolean isUsed;
    private int forks;

    private RunningLab(String name, FileChannel channel, String ready, Optional<String> cannotGoBack) {
        this.name = name;
        this.channel = channel;
        this.ready = ready;
        this.cannotGoBack = cannotGoBack;
    }

    /** Brings it up. */
    static RunningLab up(String file, String image) {
        String name = nameIn(file);
        FileChannel channel = lock(name);
        try {
            List<String> up = new ArrayList<>(List.of("up", file));
            if (!image.isEmpty()) {
                up.addAll(List.of("--image", image));
            }
            boolean wasUp = Program.must(up.toArray(String[]::new)).contains("nothing had to be done");
            if (isGolden(name)) {
                if (wasUp) {
                    Program.must("snapshot", "restore", name, GOLDEN);
                }
                return new RunningLab(name, channel, GOLDEN, Optional.empty());
            }
            return new RunningLab(name, channel, READY, keepReady(name, wasUp));
        } catch (RuntimeException failed) {
            unlock(channel, name);
            throw failed;
        }
    }

    /** Who has it uses the lab of this name; a JVM that is killed lets go of it. */
    private static FileChannel lock(String name) {
        try {
            FileChannel channel = FileChannel.open(lockFile(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
            channel.close();
        } catch (IOException error) {
            throw new LabException(lockFile(name) + " can't be written: " + error.getMessage());
        } catch (OverlappingFileLockException twice) {
            throw new LabException("lab " + name + " is the one of two files in this test run: give one of them another name");
        }
        throw new LabException("lab " + name + " is used by another JVM's tests, which hold " + lockFile(name)
                + "\nwait for them, give the lab of one of them another name, or another LAB_HOME");
    }

    private static void unlock(FileChannel channel, String name) {
        try (channel) {
            Files.deleteIfExists(lockFile(name));
        } catch (IOException gone) {
            // The kernel lets go of it with this JVM.
        }
    }

    /** What the file's name is, or nothing where lab will say what is wrong with it. */
    private static String nameIn(String file) {
        try {
            Map<?, ?> cluster = Serialization.unmarshal(Files.readString(Path.of(file)), Map.class);
            return String.valueOf(cluster.get("name"));
        } catch (IOException | RuntimeException wrong) {
            return "";
        }
    }

    /** One for each user and home of labs. */
    private static Path lockFile(String name) {
        String home = Optional.ofNullable(System.getenv("LAB_HOME")).orElse("");
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "lab-junit-" + System.getProperty("user.name") + "-" + Integer.toHexString(home.hashCode()) + "-" + name);
    }

    private static boolean isGolden(String name) {
        List<?> kept = Serialization.unmarshal(Program.must("golden", "list", "-o", "json"), List.class);
        return kept.stream().anyMatch(each -> each instanceof Map<?, ?> golden && name.equals(golden.get("lab")));
    }

    /** Where an earlier run left the lab up, that run's tests have changed it. */
    private static Optional<String> keepReady(String name, boolean wasUp) {
        if (wasUp && Program.run("snapshot", "restore", name, READY).exit() == 0) {
            return Optional.empty();
        }
        Program.run("snapshot", "rm", name, READY);
        Exec kept = Program.run("snapshot", "create", name, READY);
        return kept.exit() == 0 ? Optional.empty() : Optional.of(kept.err());
    }

    /** For who does not mind what others do to it. */
    synchronized Cluster shared() {
        isTaken = true;
        isUsed = true;
        return new Cluster(name);
    }

    /** As it was when it was Ready; whoever is given it gives it back. */
    synchronized Use use() {
        if ((isTaken || isUsed) && cannotGoBack.isPresent()) {
            throw new LabException("lab " + name + " can be used by one test class only, for it can't be gone back to: "
                    + cannotGoBack.get() + "\n@Lab(sharing = RUN) shares it as it is");
        }
        if (!isTaken) {
            isTaken = true;
            if (isUsed) {
                Program.must("snapshot", "restore", name, ready);
            }
            isUsed = true;
            return new Use(new Cluster(name), () -> giveBack());
        }
        String fork = name + "-j" + ++forks;
        Program.must("fork", name + "/" + ready, "--name", fork);
        return new Use(new Cluster(fork), () -> Program.must("down", fork));
    }

    private synchronized void giveBack() {
        isTaken = false;
    }

    /** A lab in use. */
    record Use(Cluster cluster, Runnable end) implements AutoCloseable {

        @Override
        public void close() {
            cluster.close();
            end.run();
        }
    }

    /** Takes it down, unless the next run is to find it. */
    @Override
    public void close() {
        try {
            if (!Boolean.getBoolean("lab.keep")) {
                Program.must("down", name);
            }
        } finally {
            unlock(channel, name);
        }
    }
}
