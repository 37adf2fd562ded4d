package vmlab.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.Program;
import vmlab.spec.Bytes;

/** Disks in layers, as QEMU's own tools read them. */
class LayeredDiskTest {

    @TempDir
    private Path folder;

    private LayeredDisk disk = new LayeredDisk(Path.of("/"));

    @BeforeEach
    void aDisk() throws InterruptedException {
        disk = new LayeredDisk(folder.resolve("cp.state.img"));
        Ext4.make(disk.raw(), Bytes.mib(16), "state", Optional.empty());
    }

    @Test
    void aMachineIsGivenTheTopmostLayer() throws InterruptedException {
        assertThat(disk.top()).isEqualTo(disk.raw());
        assertThat(LayeredDisk.isLayer(disk.top())).isFalse();

        Path first = disk.cover();
        Path second = disk.cover();

        assertThat(disk.files()).containsExactly(disk.raw(), first, second);
        assertThat(LayeredDisk.isLayer(disk.top())).isTrue();
    }

    @Test
    void whatIsWrittenToTheTopIsReadThereAndNowhereBelow() throws IOException, InterruptedException {
        Path first = disk.cover();
        write(first, "A");
        Path second = disk.cover();
        write(second, "B");

        assertThat(read(second)).isEqualTo('B');
        assertThat(read(first)).isEqualTo('A');
        assertThat(Files.mismatch(disk.raw(), fresh())).isEqualTo(-1);
    }

    @Test
    void anotherFolderHasTheSameDiskWithoutACopyAndALayerOfItsOwn() throws IOException, InterruptedException {
        write(disk.cover(), "A");
        Path other = Files.createDirectory(folder.resolve("other"));

        LayeredDisk.link(disk.files(), other);
        LayeredDisk.link(disk.files(), other);
        LayeredDisk copy = new LayeredDisk(other.resolve("cp.state.img"));
        write(copy.cover(), "C");

        assertThat(Files.isSameFile(copy.raw(), disk.raw())).isTrue();
        assertThat(read(copy.top())).isEqualTo('C');
        assertThat(read(disk.top())).isEqualTo('A');
    }

    @Test
    void whenFlattenedItIsOneFileOfItsOwnWithAllThatWasWritten() throws IOException, InterruptedException {
        Path other = Files.createDirectory(folder.resolve("other"));
        write(disk.cover(), "A");
        LayeredDisk.link(disk.files(), other);

        disk.flatten();

        assertThat(disk.files()).containsExactly(disk.raw());
        assertThat(Files.readAllBytes(disk.raw())[AT]).isEqualTo((byte) 'A');
        assertThat(Files.isSameFile(disk.raw(), other.resolve("cp.state.img"))).isFalse();
        assertThat(read(other.resolve("cp.state.img.1"))).isEqualTo('A');
    }

    @Test
    void aFlatteningThatWasKilledGoesOnAndNeverShowsWhatWasBefore() throws IOException, InterruptedException {
        write(disk.cover(), "A");
        write(disk.cover(), "B");
        run(
                "qemu-img",
                "convert",
                "-f",
                "qcow2",
                "-O",
                "raw",
                disk.top().toString(),
                folder.resolve("cp.state.img.whole").toString());
        Files.delete(disk.top());

        disk.flatten();

        assertThat(disk.files()).containsExactly(disk.raw());
        assertThat(Files.readAllBytes(disk.raw())[AT]).isEqualTo((byte) 'B');
        assertThat(folder.resolve("cp.state.img.whole")).doesNotExist();
    }

    @Test
    void whatAKilledTryLeftIsNoLayer() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("cp.state.img.1.part"), "half");

        assertThat(disk.files()).hasSize(1);
        write(disk.cover(), "A");
        assertThat(read(disk.top())).isEqualTo('A');
    }

    private static final int AT = 8 << 20;

    private Path fresh() throws InterruptedException, IOException {
        Path same = folder.resolve("same.img");
        run("qemu-img", "convert", "-f", "raw", "-O", "raw", disk.raw().toString(), same.toString());
        return same;
    }

    private static void write(Path layer, String text) throws IOException, InterruptedException {
        run("qemu-io", "-f", "qcow2", "-c", "write -P " + (int) text.charAt(0) + " 8M 4k", layer.toString());
    }

    private static char read(Path layer) throws IOException, InterruptedException {
        String shown = run("qemu-io", "-r", "-f", "qcow2", "-c", "read -v 8M 16", layer.toString());
        return (char) Integer.parseInt(shown.split(":")[1].strip().substring(0, 2), 16);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Program.Said said = new Program(new ProcessBuilder(List.of(command)), java.time.Duration.ofMinutes(1)).run();
        assertThat(said.isWell()).as(said.text()).isTrue();
        return said.text();
    }
}
