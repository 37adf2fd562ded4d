package vmlab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;

/** The file between the command that starts a boot server and its process. */
class BootConfigTest {

    @TempDir
    Path folder;

    private static BootConfig serving(List<String> ports) {
        return new BootConfig(
                "demo",
                "10.77.0.1",
                8069,
                List.of(),
                "/labs/demo/events.jsonl",
                "/x",
                "10.77.0.11",
                List.of(),
                ports,
                false,
                false);
    }

    @Test
    void whatIsWrittenIsRead() {
        BootConfig written = serving(List.of("8080:cp:30080"));
        written.write(folder.resolve("boot.json"));

        assertThat(BootConfig.read(folder.resolve("boot.json"))).isEqualTo(written);
    }

    @Test
    void oneThatAnOlderLabWroteHasNoPorts() throws IOException {
        Path file = folder.resolve("boot.json");
        serving(List.of()).write(file);
        Files.writeString(file, Files.readString(file).replaceFirst(",\\s*\"ports\" : \\[ \\]", ""));

        assertThat(Files.readString(file)).doesNotContain("ports");
        assertThat(BootConfig.read(file)).isEqualTo(serving(List.of()));
    }

    @Test
    void aForkTakesNoPortFromTheLabThatItIsOf() {
        LabFolder fork = new LabFolder(Path.of("/labs/demo-1"));

        assertThat(serving(List.of("8080:cp:30080")).of("demo-1", fork).ports()).isEmpty();
    }
}
