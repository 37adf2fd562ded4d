package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The road of firmware that speaks no HTTP. */
@Tag("long")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class TftpIT {

    private static final String CLUSTER = """
            apiVersion: lab/v1
            name: old
            image: %s
            nodes: [{name: cp, role: single, cpus: 2, memory: 3GiB, boot: tftp}]
            timeouts: {boot: 8m}
            """;

    @TempDir
    static Path folder;

    @Test
    void firmwareFetchesAllThatItNeedsOverTftp() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("lab-it");
        LabCommand lab = new LabCommand(home);
        Path file = Files.writeString(
                folder.resolve("old.yaml"),
                CLUSTER.formatted(Path.of("images/debian-standin.yaml").toAbsolutePath()));
        try {
            LabCommand.Result up = lab.run("up", file.toString());
            System.out.println(up.err());
            assertThat(up.exit()).as(up.err()).isZero();
            assertThat(up.err()).contains("cp (10.");
            System.out.println(lab.run("report", "old").out());

            assertThat(home.resolve("labs/old/cp.serial.log"))
                    .content()
                    .contains("PXELINUX", "lab: cp boots from tftp://10.");
            assertThat(Files.readString(home.resolve("labs/old/events.jsonl")).lines())
                    .as("HTTP is spoken by the initrd, for the squashfs, and by nothing before it")
                    .filteredOn(line -> line.contains("\"event\":\"Served\""))
                    .allMatch(line -> line.contains("/root.squashfs"))
                    .hasSize(1);

            assertThat(lab.run("plan", file.toString()).out()).contains("nothing to do");
            Files.writeString(file, Files.readString(file).replace("boot: tftp", "boot: pxe"));
            LabCommand.Result plan = lab.run("plan", file.toString());
            assertThat(plan.exit()).isEqualTo(2);
            assertThat(plan.out()).contains("boot tftp → pxe");
        } finally {
            lab.run("down", "old");
        }
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }
}
