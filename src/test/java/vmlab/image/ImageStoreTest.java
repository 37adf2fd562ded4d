package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;

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
    void whatWasAlteredIsRefusedByNameWithTheCureAndNotBuiltOver() throws Exception {
        Files.writeString(image.squashfs(), "nodE\n");
        Files.writeString(image.initrd(), "");
        assertThatThrownBy(world::resolve).isInstanceOfSatisfying(LabFailure.class, refused -> {
            assertThat(refused.what())
                    .isEqualTo("the image small " + image.shortDigest() + " in the store was altered");
            assertThat(refused.why())
                    .contains("initrd has 0 bytes, was built with 5: truncated", "root.squashfs has sha256 ");
            assertThat(refused.next()).startsWith("rm -r " + image.folder());
        });
        assertThatThrownBy(() -> images().ofDigest(image.digest())).hasMessageContaining("was altered");
        assertThat(world.builds()).isEqualTo(1);
    }

    @Test
    void aFileThatWasRememberedIsReadAgainOnceItIsWrittenThoughItsSizeAndTimeAreAsBefore() throws Exception {
        world.buildScript(World.BUILDS + "head -c 1000000 /dev/zero >$1/root.squashfs\n");
        BootImage large = world.resolve();
        Thread.sleep(FileHashes.SETTLED.plusMillis(100));
        world.resolve();
        assertThat(world.path("cache/hashes"))
                .content()
                .contains(large.squashfs().toString());
        FileTime before = Files.getLastModifiedTime(large.squashfs());
        try (var file = FileChannel.open(large.squashfs(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII)), 500_000);
        }
        Files.setLastModifiedTime(large.squashfs(), before);
        assertThatThrownBy(world::resolve).hasMessageContaining("was altered");
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
        images().claim(image, lab, world.run);
        world.write("overlay/etc/motd", "second");
        BootImage second = world.resolve();
        world.write("overlay/etc/motd", "third");
        world.resolve();
        assertThat(images().collectGarbage(1, true, world.run).keySet()).containsExactly(second);
        assertThat(second.folder()).exists();
        assertThat(images().collectGarbage(1, false, world.run).keySet()).containsExactly(second);
        assertThat(second.folder()).doesNotExist();
        Files.delete(lab);
        assertThat(images().collectGarbage(1, false, world.run).keySet()).containsExactly(image);
    }

    @Test
    void anImageThatWentBeforeItWasClaimedIsNotTakenForThere() throws Exception {
        images().collectGarbage(0, false, world.run);

        assertThat(images().claim(image, Files.createDirectories(world.path("labs/demo")), world.run))
                .isFalse();

        assertThat(world.resolve()).isEqualTo(image);
        assertThat(images().collectGarbage(0, true, world.run))
                .as("made anew for the lab that claimed it")
                .isEmpty();
    }

    @Test
    void claimsOfLabsThatBeginAtOnceAreAllKept() throws Exception {
        List<Process> ups = new ArrayList<>();
        for (int up = 0; up < 2; up++) {
            ups.add(ClaimingProcess.start(folder, image.digest(), world.path("labs/" + up + "-")));
        }
        for (Process up : ups) {
            assertThat(up.waitFor())
                    .as(new String(up.getInputStream().readAllBytes()))
                    .isZero();
        }

        assertThat(images().show("small").usedBy()).hasSize(2 * ClaimingProcess.LABS);
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
