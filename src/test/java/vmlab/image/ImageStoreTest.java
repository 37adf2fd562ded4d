package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with images once they are built. */
class ImageStoreTest {

    @TempDir
    Path folder;

    private World world;
    private BootImage image;

    @BeforeEach
    void anImage() throws Exception {
        world = new World(folder);
        image = world.resolve();
    }

    private Images images() {
        return world.images(false);
    }

    @Test
    void itIsShownByNameAndByTheBeginningOfItsDigest() throws Exception {
        var byName = images().show("small");
        assertThat(images().show(image.digest().substring(0, 8))).isEqualTo(byName);
        assertThat(byName.image()).isEqualTo(image);
        assertThat(byName.inputs()).containsEntry("packages", "openrc").containsKey("overlay 1 etc/motd");
        assertThatThrownBy(() -> images().show("smal")).hasMessageContaining("there is no image 'smal'");
    }

    @Test
    void whatWasAlteredOrTruncatedIsNamed() throws Exception {
        assertThat(images().verify(List.of())).containsEntry(image, List.of());
        Files.writeString(image.squashfs(), "nodE\n");
        Files.writeString(image.initrd(), "");
        assertThat(images().verify(List.of()).get(image))
                .satisfiesExactly(
                        initrd -> assertThat(initrd)
                                .startsWith("initrd has 0 bytes")
                                .endsWith("truncated"),
                        squashfs -> assertThat(squashfs)
                                .startsWith("root.squashfs has sha256")
                                .endsWith("altered"));
    }

    @Test
    void twoImagesAreToldApartByTheirInputs() throws Exception {
        world.write("overlay/etc/motd", "good day");
        BootImage other = world.resolve();
        var diff = images().diff(image.digest(), other.digest());
        assertThat(diff.inputs()).extracting(ImageDiff.Change::name).containsExactly("overlay 1 etc/motd");
        assertThat(diff.packages()).isEmpty();
        assertThat(images().diff(image.digest(), image.digest()).isEmpty()).isTrue();
    }

    @Test
    void anImageInUseIsNeverCollected() throws Exception {
        Path lab = Files.createDirectories(world.path("labs/demo"));
        images().claim(image, lab);
        world.write("overlay/etc/motd", "second");
        BootImage second = world.resolve();
        world.write("overlay/etc/motd", "third");
        world.resolve();
        assertThat(images().collectGarbage(1, true).keySet()).containsExactly(second);
        assertThat(second.folder()).exists();
        assertThat(images().collectGarbage(1, false).keySet()).containsExactly(second);
        assertThat(second.folder()).doesNotExist();
        Files.delete(lab);
        assertThat(images().collectGarbage(1, false).keySet()).containsExactly(image);
    }

    @Test
    void anotherMachineGetsTheSameImage() throws Exception {
        Path file = world.path("small.tar");
        images().export("small", file);
        var elsewhere = new Images(world.path("elsewhere"), false, folder);
        BootImage imported = elsewhere.importFrom(file);
        assertThat(imported.digest()).isEqualTo(image.digest());
        assertThat(imported.squashfs()).hasSameBinaryContentAs(image.squashfs());
        assertThat(elsewhere.list()).containsExactly(imported);
    }

    @Test
    void whatWasAlteredOnTheWayIsNotTakenIn() throws Exception {
        Path file = world.path("small.tar");
        images().export("small", file);
        byte[] bytes = Files.readAllBytes(file);
        int content = indexOf(bytes, "node\n");
        bytes[content] = 'N';
        Files.write(file, bytes);
        var elsewhere = new Images(world.path("elsewhere"), false, folder);
        assertThatThrownBy(() -> elsewhere.importFrom(file)).hasMessageContaining("altered");
        assertThat(elsewhere.list()).isEmpty();
        assertThat(world.path("elsewhere/images")).isEmptyDirectory();
    }

    @Test
    void aTarThatIsNoImageIsRefused() throws Exception {
        Path file = world.path("other.tar");
        new ProcessBuilder("tar", "-c", "-C", folder.toString(), "-f", file.toString(), "overlay")
                .start()
                .waitFor();
        assertThatThrownBy(() -> images().importFrom(file)).hasMessageContaining("no image that lab exported");
        assertThatThrownBy(() -> images().importFrom(world.path("none.tar"))).hasMessageContaining("can't be imported");
    }

    private static int indexOf(byte[] bytes, String text) throws IOException {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
