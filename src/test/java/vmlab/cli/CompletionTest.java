package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import vmlab.machine.Needs;

/** {@code lab completion}, in the shells that it is for. */
@Isolated("it looks at System.out")
class CompletionTest {

    @TempDir
    Path folder;

    private Path script(String shell) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            assertThat(Main.commandLine().execute("completion", shell)).isZero();
        } finally {
            System.setOut(before);
        }
        return Files.write(folder.resolve("_lab"), said.toByteArray());
    }

    private String said(String... command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return said;
    }

    private String fish(String line) throws IOException, InterruptedException {
        return said("fish", "--no-config", "-c", "source _lab; complete -C \"$argv[1]\"", "--", line);
    }

    @Test
    void bash() throws IOException, InterruptedException {
        script("bash");
        String complete =
                "source ./_lab; COMP_WORDS=(lab image ex); COMP_CWORD=2; _complete_lab 2>/dev/null; echo \"${COMPREPLY[@]}\"";

        assertThat(said("bash", "-c", complete).strip()).isEqualTo("export");
    }

    @Test
    void fish() throws IOException, InterruptedException {
        Needs.installed(Files.exists(Path.of("/usr/bin/fish")), "fish");
        script("fish");

        assertThat(fish("lab im").lines())
                .containsExactly(
                        "image	Manage boot images for nodes (see lab images for what pods run)",
                        "images	Manage container images for pods (see lab image for what nodes boot)");
        assertThat(fish("lab image ex")).startsWith("export\tWrite an image");
        assertThat(fish("lab --connect embedded up --fr")).contains("--fresh\tBoot", "--fresh-disks");
        assertThat(fish("lab up -o ")).contains("json", "text");
        assertThat(fish("lab up --")).doesNotContain("--count");
        assertThat(fish("lab ls --ou")).startsWith("--output");
        assertThat(fish("lab ser")).isEmpty();
    }

    /** What zsh calls is there, and bash's words are understood; its line editor needs a terminal. */
    @Test
    void zsh() throws IOException, InterruptedException {
        Needs.installed(Files.exists(Path.of("/usr/bin/zsh")), "zsh");
        Path script = script("zsh");
        String complete =
                "fpath=(. $fpath); autoload -U compinit && compinit -u -D; source ./_lab; print -r -- $_comps[lab];"
                        + " COMP_WORDS=(lab image ex); COMP_CWORD=2; setopt ksharrays shwordsplit; _complete_lab; print -r -- \"${COMPREPLY[@]}\"";

        assertThat(script).content().startsWith("#compdef lab\n");
        assertThat(said("zsh", "-f", "-c", complete))
                .contains("_complete_lab", "export")
                .doesNotContain("not found");
    }
}
