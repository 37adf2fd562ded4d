package vmlab.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import vmlab.run.Reading;
import vmlab.run.Run;

/** Held while something is made that others would make too. The system lets go of it when its process ends, however it ends. */
final class BuildLock implements AutoCloseable {

    private final FileChannel channel;

    private BuildLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock, unless somebody has it. */
    static Optional<BuildLock> tryAcquire(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new BuildLock(channel));
            }
        } catch (OverlappingFileLockException ours) {
            // Another thread of this process has it: the same as another process.
        }
        channel.close();
        return Optional.empty();
    }

    /** Waits for it, for at most {@code limit}; {@code what} says for whom. */
    static BuildLock acquire(Path file, String what, Run run, Duration limit) throws IOException, InterruptedException {
        Optional<BuildLock> free = tryAcquire(file);
        if (free.isPresent()) {
            return free.get();
        }
        return run.await("", what, limit).until(() -> {
            try {
                return tryAcquire(file)
                        .<Reading<BuildLock>>map(Reading.Ready::new)
                        .orElseGet(() -> new Reading.NotYet<>("another process makes the same"));
            } catch (IOException error) {
                return new Reading.Never<>(
                        String.valueOf(error), "see whether " + file.getParent() + " can be written");
            }
        });
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
