package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a result that can't be written. */
class StdoutTest {

    @TempDir
    Path home;

    private int exit;

    private String schema(String sentOn) throws IOException, InterruptedException {
        return lab("schema", sentOn);
    }

    /** Runs a command in a process of its own, with its output sent on by the shell; returns what it says on stderr. */
    private String lab(String words, String sentOn) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", "\"$@\" " + sentOn, "bash");
        shell.command()
                .addAll(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "vmlab.cli.Main"));
        shell.command().addAll(List.of(words.split(" ")));
        shell.environment().put("LAB_HOME", home.toString());
        shell.environment().put("LAB_CONNECT", "none");
        Process process = shell.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        exit = process.waitFor();
        return said;
    }

    @Test
    void aFullDiskIsAFailure() throws IOException, InterruptedException {
        assertThat(schema(">/dev/full")).contains("could not be written", "No space left on device", "next:");
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void aPlanThatIsLostIsAFailureThoughItSaysByItsStatusThatThereIsOne() throws IOException, InterruptedException {
        lab("plan labs/single.yaml", ">/dev/null");
        assertThat(exit).isEqualTo(4);
        assertThat(lab("plan labs/single.yaml", ">/dev/full")).contains("could not be written");
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void aReaderThatHasSeenEnoughIsNone() throws IOException, InterruptedException {
        assertThat(schema("| head -c 1; exit ${PIPESTATUS[0]}")).isEmpty();
        assertThat(exit).isZero();
    }

    @Test
    void noneIsMissedWhereAllIsWell() throws IOException, InterruptedException {
        assertThat(schema("| grep -q apiVersion")).isEmpty();
        assertThat(exit).isZero();
    }
}
