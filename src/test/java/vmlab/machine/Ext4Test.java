package vmlab.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;
import vmlab.spec.Bytes;

class Ext4Test {

    @TempDir
    Path folder;

    @Test
    void aDiskHoldsTheFilesThatItWasMadeWith() throws IOException, InterruptedException {
        Path contents = Files.createDirectories(folder.resolve("c/root/etc"));
        Files.writeString(contents.resolve("hostname"), "cp\n");
        Path disk = folder.resolve("config.img");

        Ext4.make(disk, Bytes.mib(8), "config", Optional.of(folder.resolve("c")));

        Process cat = new ProcessBuilder("debugfs", "-R", "cat /root/etc/hostname", disk.toString()).start();
        assertThat(new String(cat.getInputStream().readAllBytes())).isEqualTo("cp\n");
        assertThat(Files.size(disk)).isEqualTo(8 << 20);
    }

    @Test
    void filesThatDoNotFitAreAFailureWithWhatMke2fsSaid() throws IOException {
        Path contents = Files.createDirectories(folder.resolve("c"));
        byte[] big = new byte[9 << 20];
        Arrays.fill(big, (byte) 1);
        Files.write(contents.resolve("big"), big);

        assertThatThrownBy(() -> Ext4.make(folder.resolve("config.img"), Bytes.mib(8), "config", Optional.of(contents)))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("config.img");
    }
}
