package vmlab.run;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A file that one holder at a time has, be it a process or a thread; the kernel lets go of it when the process ends, however it ends. It is
 * there only while somebody holds it, or was killed holding it, and says whatever the holder wrote into it.
 *
 * <p>The lock is flock(2)'s, which belongs to the open file. The one behind {@link java.nio.channels.FileLock} belongs to the process, which
 * loses it as soon as it closes any descriptor of that file, whoever opened it and why.
 */
public final class LockFile implements AutoCloseable {

    /** Of fcntl.h: O_RDWR, O_CREAT and O_CLOEXEC, so that no child keeps it. */
    private static final int READ_WRITE_CREATE = 0x2 | 0x40 | 0x80000;

    /** Of sys/file.h: LOCK_EX and LOCK_NB. */
    private static final int EXCLUSIVE_AT_ONCE = 2 | 4;

    private static final int OPEN_TO_ALL = 0644;

    /** EWOULDBLOCK. */
    private static final int TAKEN = 11;

    private static final int NOT_FOUND = 2;

    /** Others make and remove the file and its folder meanwhile; so often in a row only a path that leads nowhere is gone. */
    private static final int TRIES = 100;

    private final Path file;
    private final int descriptor;

    private LockFile(Path file, int descriptor) {
        this.file = file;
        this.descriptor = descriptor;
    }

    /** Takes {@code file}, whose folder is made, unless somebody has it; {@code holder} is for whoever wants it meanwhile. */
    public static Optional<LockFile> tryTake(Path file, String holder) throws IOException {
        for (int tried = 0; tried < TRIES; tried++) {
            LockFile opened = new LockFile(file, open(file));
            if (!opened.tryLock()) {
                opened.closeDescriptor();
                return Optional.empty();
            }
            // Whoever had it may have removed it since it was opened here: then it is no longer what others will ask
            // for.
            if (opened.isInPlace()) {
                opened.say(holder);
                return Optional.of(opened);
            }
            opened.closeDescriptor();
        }
        throw new IOException(file + " can't be locked: it is removed again and again");
    }

    /** The same for whoever waits for it; {@code busy} says, of what the holder wrote, what it does. */
    public static Reading<LockFile> look(Path file, String holder, UnaryOperator<String> busy) {
        try {
            return tryTake(file, holder)
                    .<Reading<LockFile>>map(Reading.Ready::new)
                    .orElseGet(() -> new Reading.NotYet<>(busy.apply(holder(file))));
        } catch (IOException error) {
            return new Reading.Never<>(
                    String.valueOf(error.getMessage()), "see whether " + file.getParent() + " can be written");
        }
    }

    /** Whether somebody has it now; the file of a holder that was killed is no longer held, and what is no file never was. */
    public static boolean isHeld(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        LockFile opened = new LockFile(file, open(file));
        try {
            return !opened.tryLock();
        } finally {
            opened.closeDescriptor();
        }
    }

    private void say(String holder) {
        try {
            Files.writeString(file, holder);
        } catch (IOException full) {
            // Held all the same: what makes room on a full disk must not fail for want of a word.
        }
    }

    /** What the holder of {@code file} wrote into it; empty where it says nothing (yet). */
    public static String holder(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    private static int open(Path file) throws IOException {
        IOException notFound = new IOException(file + " can't be opened");
        for (int tried = 0; tried < TRIES; tried++) {
            // Also the folder may go away in between.
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                return call("open", file.toString(), READ_WRITE_CREATE, OPEN_TO_ALL);
            } catch (LastErrorException error) {
                notFound = new IOException(file + " can't be opened: " + error.getMessage(), error);
                if (error.getErrorCode() != NOT_FOUND) {
                    throw notFound;
                }
            }
        }
        throw notFound;
    }

    private boolean tryLock() throws IOException {
        try {
            call("flock", descriptor, EXCLUSIVE_AT_ONCE);
            return true;
        } catch (LastErrorException error) {
            if (error.getErrorCode() == TAKEN) {
                return false;
            }
            closeDescriptor();
            throw new IOException(file + " can't be locked: " + error.getMessage(), error);
        }
    }

    private boolean isInPlace() throws IOException {
        try {
            return Files.isSameFile(file, Path.of("/proc/self/fd/" + descriptor));
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    /** Removes the file and lets go of it. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            closeDescriptor();
        }
    }

    private void closeDescriptor() {
        call("close", descriptor);
    }

    private static int call(String function, Object... arguments) {
        return Function.getFunction("c", function, Function.THROW_LAST_ERROR).invokeInt(arguments);
    }
}
