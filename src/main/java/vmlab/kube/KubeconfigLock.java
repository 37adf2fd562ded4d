package vmlab.kube;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Reading.Never;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;

/**
 * Held while a kubeconfig that others change too is read and written anew. It is kubectl's own lock: an empty file beside it, {@code
 * config.lock}, which whoever makes it removes (client-go's clientcmd, lockFile).
 */
final class KubeconfigLock implements AutoCloseable {

    /** A change takes milliseconds. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path file;

    private KubeconfigLock(Path file) {
        this.file = file;
    }

    static KubeconfigLock take(Path kubeconfig, Run run) throws InterruptedException {
        Path file = kubeconfig.toAbsolutePath().resolveSibling(kubeconfig.getFileName() + ".lock");
        try {
            return run.await("", "the lock of " + kubeconfig, LIMIT)
                    .every(Duration.ofMillis(20))
                    .until(() -> look(file));
        } catch (LabFailure held) {
            throw Files.exists(file)
                    ? held.withNext("if no kubectl and no lab runs, one was killed and left it: remove " + file)
                    : held;
        }
    }

    private static Reading<KubeconfigLock> look(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
            return new Ready<>(new KubeconfigLock(file));
        } catch (FileAlreadyExistsException held) {
            return new NotYet<>("another kubectl or lab has it: " + file);
        } catch (IOException error) {
            return new Never<>(
                    error.getClass().getSimpleName() + ": " + error.getMessage(),
                    "check the owner and the permissions of " + file.getParent());
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException error) {
            throw LabFailure.machine(
                            file + " can't be removed", String.valueOf(error.getMessage()), "remove it by hand")
                    .causedBy(error);
        }
    }
}
