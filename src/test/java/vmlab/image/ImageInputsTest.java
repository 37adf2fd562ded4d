package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.spec.Specs;

class ImageInputsTest {

    @TempDir
    Path folder;

    @Test
    void theSameInputsElsewhereHaveTheSameDigest() throws IOException {
        assertThat(digest(new World(made("here")))).isEqualTo(digest(new World(made("there"))));
    }

    @Test
    void aModeCounts() throws IOException {
        var world = new World(folder);
        String before = digest(world);
        Files.setPosixFilePermissions(world.path("overlay/etc/motd"), PosixFilePermissions.fromString("rwx------"));
        assertThat(digest(world)).isNotEqualTo(before);
    }

    @Test
    void whereALinkPointsCounts() throws IOException {
        var world = new World(folder);
        Files.createSymbolicLink(world.path("overlay/link"), Path.of("a"));
        String before = digest(world);
        Files.delete(world.path("overlay/link"));
        Files.createSymbolicLink(world.path("overlay/link"), Path.of("b"));
        assertThat(digest(world)).isNotEqualTo(before);
    }

    @Test
    void anOverlayBehindALinkIsRead() throws IOException {
        var world = new World(folder);
        Files.move(world.path("overlay"), world.path("real"));
        Files.createSymbolicLink(world.path("overlay"), Path.of("real"));
        String before = digest(world);
        world.write("real/etc/motd", "changed");
        assertThat(digest(world)).isNotEqualTo(before);
    }

    @Test
    void theBuildScriptCounts() throws IOException {
        var world = new World(folder);
        String before = digest(world);
        world.buildScript(World.BUILDS + "# changed\n");
        assertThat(digest(world)).isNotEqualTo(before);
    }

    private Path made(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private static String digest(World world) throws IOException {
        var recipe = Specs.readRecipe(world.path("recipe.yaml"));
        var k0s = new K0s(world.path("k0s"), java.util.List.of());
        var script = new BuildScript(world.path("images/build-apt.sh"));
        return ImageInputs.of(recipe, Optional.empty(), "0", k0s, script, new FileHashes(world.path("hashes")))
                .digest();
    }
}
