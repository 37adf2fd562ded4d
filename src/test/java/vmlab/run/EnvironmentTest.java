package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @Test
    void theScriptsKeepTheSameNames() throws Exception {
        String script = Files.readString(Path.of("scripts/environment.bash"));
        String list = script.substring(script.indexOf("kept_variables=(") + 16, script.indexOf("\n)"));

        assertThat(words(list.replace("'", "")))
                .containsExactlyInAnyOrderElementsOf(words(String.join(" ", Environment.KEPT)));
    }

    @Test
    void outputThatIsClosedGoesNowhereAndNotIntoTheNextFileThatIsOpened(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(
                folder.resolve("script"),
                "source '" + Path.of("scripts/environment.bash").toAbsolutePath()
                        + "'\nmake_environment \"$0\" \"$@\"\nreadlink /proc/$$/fd/1 >&2\n:\n");
        Process bash = new ProcessBuilder("bash", "-c", "bash -p '" + script + "' >&-").start();

        assertThat(new String(bash.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("/dev/null\n");
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+")).toList();
    }

    @Test
    void whatAShellAGitHookOrACiSystemSetsIsLeftOut() {
        Map<String, String> made = Environment.made(Map.ofEntries(
                Map.entry("PATH", "/bin"),
                Map.entry("LAB_HOME", "/h"),
                Map.entry("HTTPS_PROXY", "p"),
                Map.entry("LANG", "de_DE.UTF-8"),
                Map.entry("LC_ALL", "xx_XX"),
                Map.entry("GIT_DIR", "/g"),
                Map.entry("GIT_INDEX_FILE", "/i"),
                Map.entry("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC"),
                Map.entry("TAR_OPTIONS", "--totals"),
                Map.entry("BASH_FUNC_cd%%", "() { :; }"),
                Map.entry("LD_PRELOAD", "x.so")));

        assertThat(made).isEqualTo(Map.of("PATH", "/bin", "LAB_HOME", "/h", "HTTPS_PROXY", "p", "LC_ALL", "C.UTF-8"));
    }

    @Test
    void aProgramIsStartedWithIt() {
        assertThat(Environment.process("true").environment())
                .containsEntry("LC_ALL", "C.UTF-8")
                .isEqualTo(Environment.made(System.getenv()));
    }
}
