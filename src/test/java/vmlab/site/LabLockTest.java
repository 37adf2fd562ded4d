package vmlab.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.LabFailure;

class LabLockTest {

    @TempDir
    Path home;

    @Test
    void theSecondCommandIsToldWhoIsAtIt() {
        String process = ProcessHandle.current().pid() + "";
        try (LabLock first = LabLock.take(home, "demo")) {
            assertThatThrownBy(() -> LabLock.take(home, "demo")).isInstanceOfSatisfying(LabFailure.class, failure -> {
                assertThat(failure.what()).isEqualTo("lab demo is being changed by another command");
                assertThat(failure.why()).matches(".* \\(process " + process + "\\) has held it since 20.*:.*");
                assertThat(failure.next()).endsWith("kill " + process);
            });
        }
        LabLock.take(home, "demo").close();
    }

    @Test
    void whatIsNoNameIsNoLabsLock() throws IOException {
        Path others = Files.writeString(home.resolve("notes"), "mine");
        Files.createDirectory(home.resolve("locks"));

        assertThatThrownBy(() -> LabLock.take(home, "../notes")).hasMessageContaining("there is no lab ../notes");

        assertThat(others).hasContent("mine");
    }

    @Test
    void whileACommandWorksOnALabAnotherLeavesItsLogAlone() throws IOException {
        LabFolder folder = LabFolder.of(home, "demo");
        Files.createDirectories(folder.path());
        Event event = new Event.Noted(Instant.EPOCH, "stop", "refused");

        try (LabLock held = LabLock.take(home, "demo")) {
            LabLog.of(home, "demo").emit(event);
            assertThat(folder.events()).doesNotExist();
        }
        LabLog.of(home, "demo").emit(event);
        assertThat(EventLog.read(folder.events())).containsExactly(event);
    }

    @Test
    void whatIsNoLockIsToldAsWhatItIs() throws IOException {
        Path file = Files.createDirectories(home.resolve("locks/demo"));

        assertThatThrownBy(() -> LabLock.take(home, "demo")).isInstanceOfSatisfying(LabFailure.class, failure -> {
            assertThat(failure.what()).isEqualTo("lab demo could not be locked");
            assertThat(failure.why()).contains(file.toString());
        });
    }

    @Test
    void anotherLabIsAnotherLock() throws IOException {
        // Of these two, the hash codes of the names are the same.
        try (LabLock one = LabLock.take(home, "aa0a");
                LabLock other = LabLock.take(home, "aaob".substring(0, 2) + "0b")) {
            try (Stream<Path> locks = Files.list(home.resolve("locks"))) {
                assertThat(locks).hasSize(2);
            }
        }
        assertThat(home.resolve("locks")).isEmptyDirectory();
    }
}
