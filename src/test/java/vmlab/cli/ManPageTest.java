package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.machine.Needs;

/** Manual pages: one for each command that is shown, and nothing in them that man could not read. */
class ManPageTest {

    @TempDir
    Path folder;

    @Test
    void everyCommandHasOneThatSaysWhatItsHelpSays() {
        Map<String, String> pages = ManPage.all(Main.commandLine());

        assertThat(pages)
                .containsKeys("lab.1", "lab-up.1", "lab-image-build.1")
                .doesNotContainKeys("lab-serve.1", "lab-man.1");
        assertThat(pages.get("lab.1")).contains("\\fBlab\\-up\\fR(1)", "LAB_HOME", "Exit: 0 done");
        assertThat(pages.get("lab-up.1"))
                .containsSubsequence(
                        ".TH LAB-UP 1",
                        "lab-up \\- Bring up a lab",
                        "\\fBlab up\\fR [\\-h]",
                        "\\fIFILE\\fR",
                        "\\fB\\-\\-image\\fR \\fIRECIPE\\fR",
                        ".SH EXAMPLES",
                        "lab up labs/two\\-nodes.yaml",
                        "\\fBlab\\fR(1)");
        // A line that begins with one of these is taken for a request.
        assertThat(pages.values()).noneMatch(page -> page.contains("\n'") || page.contains("%s"));
    }

    @Test
    void manReadsThem() throws IOException, InterruptedException {
        Needs.programs("groff");
        for (Map.Entry<String, String> page : ManPage.all(Main.commandLine()).entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
        Process groff = new ProcessBuilder(
                        "bash", "-c", "for page in *.1; do groff -man -Tutf8 -K utf8 -ww -z \"$page\" || exit; done")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(groff.waitFor()).isZero();
    }
}
