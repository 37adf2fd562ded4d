package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;

/** A home that labs can't have their folders in is refused as what it is: bad input. */
class UnusableHomeTest {

    private static final List<String> COMMANDS = List.of(
            "list",
            "status demo",
            "plan cluster.yaml",
            "up cluster.yaml",
            "down demo",
            "stop demo",
            "ssh demo",
            "kubeconfig demo",
            "report demo",
            "diagnose demo",
            "gc --dry-run",
            "doctor",
            "exec true");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void aFile() throws IOException {
        file = Files.writeString(folder.resolve("file"), "");
    }

    private static void refuses(Path home, String why) {
        assertThatThrownBy(() -> Surroundings.of(Map.of("LAB_HOME", home.toString()), Path.of("/opt/lab"))
                        .withUsableHome())
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(LabFailure.Kind.INPUT);
                    assertThat(failure.what()).isEqualTo("LAB_HOME can't be used: " + home);
                    assertThat(failure.why()).isEqualTo(why);
                    assertThat(failure.next()).contains("LAB_HOME=FOLDER");
                });
    }

    @Test
    void itIsSaidWhatIsInTheWay() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createSymbolicLink(home.resolve("labs"), file);

        refuses(file, file + " is no folder");
        refuses(file.resolve("below/home"), file + " is no folder");
        refuses(link, link + " is a link to " + folder.resolve("gone") + ", which is not there");
        refuses(link.resolve("home"), link + " is a link to " + folder.resolve("gone") + ", which is not there");
        assertThatThrownBy(() -> refuses(loop, "")).hasMessageContaining("symbolic links");
        refuses(home, home.resolve("labs") + " is no folder");
    }

    @Test
    void whatMayNotBeWrittenIsRefusedAndWhoMayNot() throws IOException {
        Path others = Files.createDirectories(folder.resolve("others"));
        Files.setPosixFilePermissions(others, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeThat(Files.isWritable(others)).as("root may").isFalse();

        refuses(others, others + " may not be written by " + System.getProperty("user.name"));
        refuses(others.resolve("a/b"), others + " may not be written by " + System.getProperty("user.name"));
    }

    @Test
    void oneThatIsNotThereYetIsMadeWhenItIsNeeded() {
        Path home = folder.resolve("not/there/yet");

        Surroundings.of(Map.of("LAB_HOME", home.toString()), Path.of("/opt/lab"))
                .withUsableHome();

        assertThat(folder.resolve("not")).doesNotExist();
    }

    @Test
    void aCacheThatCanNotBeWrittenIsRefusedTheSameWay() {
        assertThatThrownBy(() -> Surroundings.of(Map.of("LAB_CACHE", file.toString()), Path.of("/opt/lab"))
                        .images())
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(LabFailure.Kind.INPUT);
                    assertThat(failure.what()).isEqualTo("LAB_CACHE can't be used: " + file);
                });
    }

    @Test
    void everyCommandThatUsesItSaysSo() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("images"));
        Files.writeString(folder.resolve("images/debian.yaml"), "");
        Files.writeString(folder.resolve("cluster.yaml"), """
                apiVersion: lab/v1
                name: demo
                image: images/debian.yaml
                nodes: [{name: cp}]
                """);
        String said = Commands.perform(folder, file, COMMANDS);

        assertThat(said).contains(COMMANDS.stream().map(each -> each + ": 2\n").toList());
        assertThat(said.lines().filter(("lab: LAB_HOME can't be used: " + file)::equals))
                .hasSize(COMMANDS.size());
    }
}
