package vmlab.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;

/** A lab.json that somebody or something damaged is refused, and nothing more happens. */
class IdentityTest {

    @TempDir
    Path home;

    private LabFolder folder() throws IOException {
        LabFolder folder = LabFolder.of(home, "demo");
        Files.createDirectories(folder.path());
        return folder;
    }

    private static void isRefused(LabFolder folder) {
        assertThatThrownBy(() -> Identity.read(folder))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.what())
                        .isEqualTo("the identity of lab demo can't be read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[1]",
                "{\"name\": \"demo\", \"id\": \"1\", \"home\": \"/a\", \"uri\": \"\"}",
                "{\"name\": \"demo\"",
                "{\"name\": \"demo\", \"id\": \"1\", \"home\": \"/a\\u0000b\", \"uri\": \"embedded\"}",
                "{\"name\": \"a\\u0000b\", \"id\": \"1\", \"home\": \"/a\", \"uri\": \"embedded\"}"
            })
    void whatSaysNoIdentityIsNone(String text) throws IOException {
        LabFolder folder = folder();
        Files.writeString(folder.identity(), text);

        isRefused(folder);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsNoFileIsNotRead() throws IOException, InterruptedException {
        LabFolder folder = folder();
        new ProcessBuilder("mkfifo", folder.identity().toString()).start().waitFor();
        isRefused(folder);

        Files.delete(folder.identity());
        Files.createSymbolicLink(folder.identity(), Path.of("/dev/zero"));
        isRefused(folder);
    }
}
