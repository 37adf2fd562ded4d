package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {

    private static final String LINE = "openrc 0.56-1 amd64 " + "ab".repeat(32) + " debian pool/main/o/openrc.deb";
    private static final String LOCKS = """
            [ "$1" != --remove ] || exec rm -rf "$2"
            if [ "${2-}" = --resolve ]; then echo '%s' > "$1/lock.txt"; exit; fi
            [ ! "$LAB_LOCK" ] || cp "$LAB_LOCK" "$1/lock.txt"
            for file in vmlinuz initrd root.squashfs packages.txt; do echo x > "$1/$file"; done
            """.formatted(LINE);

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void makeWorld() throws Exception {
        world = new World(folder);
        world.buildScript(LOCKS);
    }

    private BootImage buildLocked() throws InterruptedException {
        return world.images(true).resolveLocked(world.path("recipe.yaml"), world.run);
    }

    @Test
    void aLockIsWrittenBesideTheRecipeAndBuiltFrom() throws Exception {
        Path file = world.images(true).lock(world.path("recipe.yaml"), world.run);
        assertThat(file).isEqualTo(world.path("recipe.lock.yaml"));
        assertThat(file).content().contains("name: openrc").contains("version: 0.56-1");
        BootImage locked = buildLocked();
        assertThat(locked.folder().resolve("lock.txt")).hasContent(LINE);
        assertThat(locked.digest()).isNotEqualTo(world.resolve().digest());
    }

    @Test
    void aLockThatDoesNotFitTheRecipeIsRefusedAndSaysWhy() throws Exception {
        world.images(true).lock(world.path("recipe.yaml"), world.run);
        Files.writeString(
                world.path("recipe.yaml"),
                Files.readString(world.path("recipe.yaml")).replace("[openrc]", "[openrc, tree]"));
        assertThatThrownBy(this::buildLocked).hasMessageContaining("packages: the recipe now has tree");
    }

    @Test
    void aBuildWithoutItsLockSaysHowToGetOne() {
        assertThatThrownBy(this::buildLocked).hasMessageContaining("there is no such file");
    }

    @Test
    void aLockThatIsNoneIsRefused() throws Exception {
        world.write("recipe.lock.yaml", "apiVersion: lab-lock/v1\nrecipe: [");
        assertThatThrownBy(this::buildLocked).hasMessageContaining("can't be used");
    }
}
