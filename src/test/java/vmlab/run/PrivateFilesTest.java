package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenOnlyItsOwnerReadsAlsoWhereAllDidBefore() throws IOException {
        Path fresh = folder.resolve("fresh");
        Path open = Files.writeString(folder.resolve("open"), "long before");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

        PrivateFiles.write(fresh, "a");
        PrivateFiles.append(fresh, "b");
        PrivateFiles.write(open, "now");

        assertThat(fresh).hasContent("ab");
        assertThat(open).hasContent("now");
        assertThat(modeOf(fresh)).isEqualTo("rw-------");
        assertThat(modeOf(open)).isEqualTo("rw-------");
    }

    @Test
    void whatIsNoFileKeepsItsMode() throws IOException {
        String before = modeOf(Path.of("/dev/null"));

        PrivateFiles.write(Path.of("/dev/null"), "nothing");

        assertThat(modeOf(Path.of("/dev/null"))).isEqualTo(before);
    }

    @Test
    void eventsAreForTheirOwnerAlone() throws IOException {
        Path log = folder.resolve("events.jsonl");

        new EventLog(log).emit(new Event.Noted(Instant.EPOCH, "host", "hello"));

        assertThat(modeOf(log)).isEqualTo("rw-------");
        assertThat(EventLog.read(log)).hasSize(1);
    }

    private static String modeOf(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
