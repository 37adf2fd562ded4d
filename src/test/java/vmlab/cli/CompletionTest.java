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
        Path lab = Files.createDirectories(folder.resolve("bin")).resolve("lab");
        Files.writeString(lab, "#!/bin/sh\n[ \"$*\" != 'words -- ssh' ] || printf 'demo\\ndemo-1\\n'\n");
        lab.toFile().setExecutable(true);
        return Files.write(folder.resolve("_lab"), said.toByteArray());
    }

    private String said(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        Process shell = builder.start();
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
                "source ./_lab; COMP_WORDS=($0); COMP_CWORD=2; _lab_or_names 2>/dev/null; echo \"${COMPREPLY[@]}\"; complete -p lab";

        assertThat(said("bash", "-c", complete, "lab image ex")).startsWith("export\n");
        assertThat(said("bash", "-c", complete, "lab ssh de"))
                .startsWith("demo demo-1\n")
                .contains("-F _lab_or_names");
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
        assertThat(fish("lab ssh de").lines()).containsExactly("demo", "demo-1");
    }

    /** What zsh calls is there, and bash's words are understood; its line editor needs a terminal. */
    @Test
    void zsh() throws IOException, InterruptedException {
        Needs.installed(Files.exists(Path.of("/usr/bin/zsh")), "zsh");
        Path script = script("zsh");
        String complete =
                "fpath=(. $fpath); autoload -U compinit && compinit -u -D; source ./_lab; print -r -- $_comps[lab];"
                        + " setopt ksharrays shwordsplit; COMP_CWORD=2;"
                        + " COMP_WORDS=(lab image ex); _lab_or_names; print -r -- \"${COMPREPLY[@]}\";"
                        + " COMP_WORDS=(lab ssh de); _lab_or_names; print -r -- \"${COMPREPLY[@]}\"";

        assertThat(script).content().startsWith("#compdef lab\n");
        assertThat(said("zsh", "-f", "-c", complete))
                .contains("_lab_or_names", " export ", "demo demo-1")
                .doesNotContain("not found");
    }
}
