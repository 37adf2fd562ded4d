package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code lab load} and {@code lab images pull} refuse before they look for an image. */
class MistakenImagesTest {

    @TempDir
    Path folder;

    @Test
    void aFileIsNotAskedOfARegistry() throws Exception {
        Path file = Files.writeString(folder.resolve("app.tar"), "");
        assertThat(refusal("images", "pull", file.toString())).contains("it is a file here", "lab load " + file);
    }

    @Test
    void aLabThatIsNotThereIsNotTakenForAnImage() throws Exception {
        Path file = Files.writeString(folder.resolve("app.tar"), "");
        assertThat(refusal("load", "no-such-lab", file.toString()))
                .contains("no-such-lab is neither a lab nor an image", "lab list shows the labs");
    }

    /** What a command says that ends with the status of bad input. */
    private static String refusal(String... command) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            assertThat(Main.commandLine().execute(command)).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
