package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The road of firmware that speaks no HTTP. */
@Tag("long")
@WithinMinutes(40)
class TftpIT {

    private static final String IMAGE = "images/debian-standin.yaml";

    @TempDir
    static Path folder;

    @Test
    void firmwareFetchesAllThatItNeedsOverTftp() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("lab-it");
        LabCommand lab = new LabCommand(home);
        Path file = Path.of("labs/old-firmware.yaml");
        try {
            LabCommand.Result up = lab.run("up", file.toString(), "--image", IMAGE);
            System.out.println(up.err());
            assertThat(up.exit()).as(up.err()).isZero();
            assertThat(up.err()).contains("cp (10.", "15 of 15 checks passed");
            System.out.println(lab.run("report", "old-firmware").out());

            assertThat(home.resolve("labs/old-firmware/cp.serial.log"))
                    .content()
                    .contains("PXELINUX", "lab: cp boots from tftp://10.");
            assertThat(Files.readString(home.resolve("labs/old-firmware/events.jsonl"))
                            .lines())
                    .as("HTTP is spoken by the initrd, for the squashfs, and by nothing before it")
                    .filteredOn(line -> line.contains("\"event\":\"Served\""))
                    .allMatch(line -> line.contains("/root.squashfs"))
                    .hasSize(1);

            assertThat(lab.run("plan", file.toString(), "--image", IMAGE).out()).contains("nothing to do");
            Path edited = Files.writeString(
                    folder.resolve("edited.yaml"),
                    Files.readString(file)
                            .replace("boot: tftp", "boot: pxe")
                            .replace(
                                    "../images",
                                    Path.of("images").toAbsolutePath().toString()));
            LabCommand.Result plan = lab.run("plan", edited.toString(), "--image", IMAGE);
            assertThat(plan.exit()).isEqualTo(2);
            assertThat(plan.out()).contains("boot tftp → pxe");
        } finally {
            lab.run("down", "old-firmware");
        }
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }
}
