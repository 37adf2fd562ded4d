package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesPullCommandTest {

    @TempDir
    Path folder;

    @Test
    void aFileIsNotAskedOfARegistry() throws Exception {
        Path file = Files.writeString(folder.resolve("app.tar"), "");
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            assertThat(Main.commandLine().execute("images", "pull", file.toString()))
                    .isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("it is a file here", "lab load " + file);
    }
}
