package vmlab.image;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import vmlab.run.LockFile;
import vmlab.run.Reading;
import vmlab.run.Run;

/** Held while something is made that others would make too. */
final class BuildLock implements AutoCloseable {

    private final LockFile file;

    private BuildLock(LockFile file) {
        this.file = file;
    }

    /** The lock, unless somebody has it. */
    static Optional<BuildLock> tryAcquire(Path file) throws IOException {
        return LockFile.tryTake(file, ProcessHandle.current().pid() + "\n").map(BuildLock::new);
    }

    /** Waits for it, for at most {@code limit}; {@code what} says for whom. */
    static BuildLock acquire(Path file, String what, Run run, Duration limit) throws IOException, InterruptedException {
        Optional<BuildLock> free = tryAcquire(file);
        if (free.isPresent()) {
            return free.get();
        }
        return run.await("", what, limit).every(Duration.ofMillis(50)).until(() -> {
            try {
                return tryAcquire(file)
                        .<Reading<BuildLock>>map(Reading.Ready::new)
                        .orElseGet(() -> new Reading.NotYet<>("another process is building the same"));
            } catch (IOException error) {
                return new Reading.Never<>(
                        String.valueOf(error), "see whether " + file.getParent() + " can be written");
            }
        });
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
