package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes that extend others. */
class AncestryTest {

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void aFolderWithAParent() throws IOException {
        world = new World(folder);
        world.folder("debian");
        world.write("debian.yaml", """
                apiVersion: lab-image/v1
                name: debian
                base: apt
                suite: trixie
                kernel: linux-image-cloud-amd64
                packages: [openrc, openssh-server]
                overlay: [debian]
                initrd: {modules: [livenet], drivers: [virtio_net]}
                services: {boot: [lab-config], default: [sshd, k0s]}
                k0s: {version: v1.36.3+k0s.2}
                """);
    }

    private void child(String rest) {
        world.write("child.yaml", "apiVersion: lab-image/v1\nname: child\nextends: debian.yaml\n" + rest);
    }

    @Test
    void whatTheChildSaysReplacesAndItsPackagesAreAdded() {
        world.write("build.sh", "");
        child("""
                suite: forky
                packages: [vim, openrc]
                initrd: {drivers: [e1000]}
                services: {default: [k0s]}
                k0s: {build: build.sh}
                """);

        var recipe = Specs.readRecipe(folder.resolve("child.yaml"));

        assertThat(recipe.name()).isEqualTo("child");
        assertThat(recipe.suite()).isEqualTo("forky");
        assertThat(recipe.kernel()).isEqualTo("linux-image-cloud-amd64");
        assertThat(recipe.packages()).containsExactly("openrc", "openssh-server", "vim");
        assertThat(recipe.overlays()).containsExactly(folder.resolve("debian"));
        assertThat(recipe.dracutModules()).containsExactly("livenet");
        assertThat(recipe.drivers()).containsExactly("e1000");
        assertThat(recipe.services()).containsEntry("boot", List.of("lab-config"));
        assertThat(recipe.services()).containsEntry("default", List.of("k0s"));
        assertThat(recipe.k0s()).isEqualTo(new K0sSource.Built(folder.resolve("build.sh")));
        assertThat(recipe.file()).isEqualTo(folder.resolve("child.yaml"));
    }

    @Test
    void grandparentsCountToo() {
        child("packages: [vim]\n");
        world.write("grandchild.yaml", "apiVersion: lab-image/v1\nname: g\nextends: child.yaml\npackages: [htop]\n");

        var recipe = Specs.readRecipe(folder.resolve("grandchild.yaml"));

        assertThat(recipe.packages()).containsExactly("openrc", "openssh-server", "vim", "htop");
        assertThat(recipe.k0s()).isEqualTo(new K0sSource.Release("v1.36.3+k0s.2", Optional.empty()));
    }

    @Test
    void aProblemNamesTheFileInWhichItStands() {
        world.write("debian.yaml", """
                apiVersion: lab-image/v1
                base: atp
                suite: trixie
                kernel: linux
                packages: [-bad]
                k0s: {version: v1.36.3+k0s.2}
                """);
        child("hostnam: x\npackages: [--worse]\n");

        assertThat(world.saidOfRecipe("child.yaml"))
                .satisfiesExactly(
                        key -> assertThat(key).startsWith("child.yaml:4:1: hostnam: unknown key"),
                        worse -> assertThat(worse).startsWith("child.yaml:5:12: packages[0]: '--worse'"),
                        base -> assertThat(base).startsWith("debian.yaml:2:7: base: 'atp' is unknown"),
                        bad -> assertThat(bad).startsWith("debian.yaml:5:12: packages[0]: '-bad'"));
    }

    @Test
    void aNameIsNotInherited() {
        world.write("child.yaml", "apiVersion: lab-image/v1\nextends: debian.yaml\n");

        assertThat(world.saidOfRecipe("child.yaml"))
                .containsExactly("child.yaml:1:1: name: is missing; write name: debian");
    }

    @Test
    void goingRoundIsRefused() {
        child("");
        world.write("debian.yaml", "apiVersion: lab-image/v1\nextends: child.yaml\n");

        assertThat(world.saidOfRecipe("child.yaml"))
                .contains(
                        "debian.yaml:2:10: extends: goes round: child.yaml → debian.yaml → child.yaml; remove one of them");
    }

    @Test
    void aParentThatIsMissingOrElsewhereIsRefused() {
        world.write("a.yaml", "apiVersion: lab-image/v1\nextends: debain.yaml\n");
        world.write("b.yaml", "apiVersion: lab-image/v1\nextends: ../debian.yaml\n");

        assertThat(world.saidOfRecipe("a.yaml"))
                .containsExactly("a.yaml:2:10: extends: there is no file debain.yaml; did you mean 'debian.yaml'?");
        assertThat(world.saidOfRecipe("b.yaml"))
                .containsExactly(
                        "b.yaml:2:10: extends: '../debian.yaml' is not valid; the name of another recipe in the same"
                                + " folder: debian.yaml");
    }

    @Test
    void aParentMustBeARecipeToo() {
        world.write("debian.yaml", "apiVersion: lab/v1\n");
        child("");

        assertThat(world.saidOfRecipe("child.yaml"))
                .contains(
                        "debian.yaml:1:13: apiVersion: this file is a cluster; an image recipe starts with apiVersion:"
                                + " lab-image/v1");
    }
}
