package vmlab.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
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

    @Test
    void growingGoesOnWhereItWasKilled() throws IOException, InterruptedException {
        Path disk = folder.resolve("state.img");
        Ext4.make(disk, Bytes.mib(8), "state", Optional.empty());
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(32 << 20);
        }

        Ext4.grow(disk, Bytes.mib(32));

        assertThat(mebibytes(disk)).isEqualTo(32);
        Ext4.grow(disk, Bytes.mib(64));
        assertThat(mebibytes(disk)).isEqualTo(64);
        Ext4.grow(disk, Bytes.mib(16));
        assertThat(Files.size(disk)).as("never smaller").isEqualTo(64 << 20);
    }

    @Test
    void aDiskIsThereWholeOrNotAtAll() throws IOException, InterruptedException {
        Path disk = folder.resolve("state.img");
        Files.writeString(folder.resolve("state.img.part"), "half");

        Ext4.make(disk, Bytes.mib(8), "state", Optional.empty());

        assertThat(folder.resolve("state.img.part")).doesNotExist();
        assertThat(mebibytes(disk)).isEqualTo(8);
        Path contents = Files.createDirectories(folder.resolve("c"));
        Files.write(contents.resolve("big"), new byte[9 << 20]);
        Files.write(
                contents.resolve("noise"),
                new Random(1).doubles(1 << 20).mapToObj(String::valueOf).toList());
        assertThatThrownBy(() -> Ext4.make(folder.resolve("c.img"), Bytes.mib(8), "c", Optional.of(contents)))
                .isInstanceOf(LabFailure.class);
        assertThat(folder.resolve("c.img")).doesNotExist();
    }

    /** The size of the file system, as dumpe2fs tells it. */
    private static long mebibytes(Path disk) throws IOException {
        Process tool = new ProcessBuilder("dumpe2fs", "-h", disk.toString()).start();
        String said = new String(tool.getInputStream().readAllBytes());
        return number(said, "Block count:") * number(said, "Block size:") >> 20;
    }

    private static long number(String said, String name) {
        return said.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
                .findFirst()
                .orElseThrow();
    }
}
