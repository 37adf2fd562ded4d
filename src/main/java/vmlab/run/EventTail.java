package vmlab.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Follows a log that others write: each look returns what was added since the one before, a few thousand at most. */
public final class EventTail {

    private final Path file;
    private long seen;

    private EventTail(Path file, long seen) {
        this.file = file;
        this.seen = seen;
    }

    /** Begins behind what the log holds now; it need not exist yet. */
    public static EventTail behind(Path file) {
        try {
            return new EventTail(file, Files.exists(file) ? Files.size(file) : 0);
        } catch (IOException gone) {
            return ofAll(file);
        }
    }

    /** Begins at the log's beginning; it need not exist yet. */
    public static EventTail ofAll(Path file) {
        return new EventTail(file, 0);
    }

    /** The events added since; a line that is still being written waits for the next look, and a log begun anew is read from its start. */
    public List<Event> more() {
        try (SeekableByteChannel log = Files.newByteChannel(file)) {
            if (log.size() < seen) {
                seen = 0;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(log.size() - seen, 4 << 20));
            log.position(seen);
            while (bytes.hasRemaining() && log.read(bytes) >= 0) {}
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            seen += whole.getBytes(StandardCharsets.UTF_8).length;
            return whole.lines().map(EventLog::parse).flatMap(Optional::stream).toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
