package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

    private static final String DEBIAN = """
            apiVersion: lab-image/v1
            name: debian
            base: apt
            suite: trixie
            kernel: linux-image-cloud-amd64
            k0s: {version: v1.36.3+k0s.2}
            """;
    private static final String HASH = "$6$abcdefgh$" + "x".repeat(86);
    private static final String SHA = "ab".repeat(32);

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void aFolder() {
        world = new World(folder);
    }

    private Recipe recipe(String yaml) {
        return Specs.readRecipe(world.write("recipe.yaml", yaml));
    }

    private List<String> said(String yaml) {
        world.write("recipe.yaml", yaml);
        return world.saidOfRecipe("recipe.yaml");
    }

    @Test
    void everythingThatCanBeWrittenIsRead() throws IOException {
        world.folder("debian");
        var recipe = recipe(DEBIAN + """
                packages: [openrc, g++, curl=8.1-1, openrc]
                overlay: [debian]
                initrd: {modules: [dmsquash-live, livenet], drivers: [virtio_net]}
                services: {default: [sshd, k0s], sysinit: [devfs]}
                password: "%s"
                hostname: "{name}-{suite}-{digest}"
                sources:
                  - {suite: trixie-backports}
                  - {url: "https://example.org/debian", suite: stable, components: [main, extra], trusted: true}
                modules: {remove: [sound, drivers/gpu]}
                steps: [{name: clock, run: "ln -s a b"}]
                """.formatted(HASH));

        assertThat(recipe.name()).isEqualTo("debian");
        assertThat(recipe.base()).isEqualTo(Base.APT);
        assertThat(recipe.suite()).isEqualTo("trixie");
        assertThat(recipe.kernel()).isEqualTo("linux-image-cloud-amd64");
        assertThat(recipe.packages()).containsExactly("openrc", "g++", "curl=8.1-1");
        assertThat(recipe.overlays()).containsExactly(folder.resolve("debian"));
        assertThat(recipe.dracutModules()).containsExactly("dmsquash-live", "livenet");
        assertThat(recipe.drivers()).containsExactly("virtio_net");
        assertThat(recipe.services().keySet()).containsExactly("sysinit", "default");
        assertThat(recipe.services()).containsEntry("default", List.of("sshd", "k0s"));
        assertThat(recipe.passwordHash()).contains(HASH);
        assertThat(recipe.hostname("0123456789abcdef")).isEqualTo("debian-trixie-0123456789ab");
        assertThat(recipe.sources())
                .containsExactly(
                        new PackageSource(Optional.empty(), "trixie-backports", List.of(), Optional.empty(), false),
                        new PackageSource(
                                Optional.of("https://example.org/debian"),
                                "stable",
                                List.of("main", "extra"),
                                Optional.empty(),
                                true));
        assertThat(recipe.removedModules()).containsExactly("sound", "drivers/gpu");
        assertThat(recipe.steps()).containsExactly(new ChrootStep("clock", "ln -s a b"));
        assertThat(recipe.k0s()).isEqualTo(new K0sSource.Release("v1.36.3+k0s.2", Optional.empty()));
        assertThat(recipe.file()).isEqualTo(folder.resolve("recipe.yaml"));
    }

    @Test
    void sixLinesAreEnough() {
        var recipe = recipe(DEBIAN + "password: none");

        assertThat(recipe.packages()).isEmpty();
        assertThat(recipe.overlays()).isEmpty();
        assertThat(recipe.services()).isEmpty();
        assertThat(recipe.passwordHash()).isEmpty();
        assertThat(recipe.hostname()).isEqualTo("node");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertThat(said("""
                        apiVersion: lab/v1
                        base: atp
                        suit: trixie
                        packages: [-x]
                        services: {defautl: [k0s]}
                        initrd: {module: []}
                        """))
                .containsExactly(
                        "recipe.yaml:1:1: name: is missing; write name: debian",
                        "recipe.yaml:1:1: suite: is missing; write suite: trixie",
                        "recipe.yaml:1:1: kernel: is missing; write kernel: linux-image-cloud-amd64",
                        "recipe.yaml:1:1: k0s: is missing; write k0s: {version: v1.36.3+k0s.2}",
                        "recipe.yaml:1:13: apiVersion: this file is a cluster; an image recipe starts with apiVersion:"
                                + " lab-image/v1",
                        "recipe.yaml:2:7: base: 'atp' is unknown; did you mean 'apt'? valid here: apt, apk, dnf",
                        "recipe.yaml:3:1: suit: unknown key 'suit'; did you mean 'suite'? valid here: apiVersion, extends,"
                                + " name, base, suite, sources, kernel, modules, packages, overlay, initrd, services,"
                                + " steps, password, hostname, k0s",
                        "recipe.yaml:4:12: packages[0]: '-x' is not valid; the name of a package",
                        "recipe.yaml:5:12: services.defautl: unknown key 'defautl'; did you mean 'default'? valid here:"
                                + " sysinit, boot, default, nonetwork, shutdown",
                        "recipe.yaml:6:10: initrd.module: unknown key 'module'; did you mean 'modules'? valid here:"
                                + " modules, drivers");
    }

    @Test
    void aPasswordInPlainTextIsRefusedAndNotRepeated() {
        assertThat(said(DEBIAN + "password: hunter2"))
                .containsExactly("recipe.yaml:7:11: password: is neither none nor a hash; make one: openssl passwd -6");
    }

    @Test
    void aSourceSaysWhereOrWhich() {
        assertThat(said(DEBIAN + "sources: [{components: [main]}, {url: example.org}]"))
                .satisfiesExactly(
                        neither -> assertThat(neither).contains("sources[0].url: is missing, and so is suite"),
                        bad -> assertThat(bad).contains("sources[1].url: 'example.org' is not valid"));
    }

    @Test
    void whatWouldLeaveTheModulesFolderIsRefused() {
        assertThat(said(DEBIAN + "modules: {remove: [../../etc]}"))
                .singleElement()
                .asString()
                .contains("modules.remove[0]: '../../etc' is not valid");
    }

    @Test
    void k0sComesFromAReleaseAFileOrABuild() {
        world.write("k0s", "");
        world.write("a.tar", "");
        world.write("standin/build.sh", "");

        assertThat(k0s("{version: v1.36.3-rc.1+k0s.0, sha256: " + SHA.toUpperCase(Locale.ROOT) + "}"))
                .isEqualTo(new K0sSource.Release("v1.36.3-rc.1+k0s.0", Optional.of(SHA)));
        assertThat(k0s("{file: ./k0s, sha256: " + SHA + ", images: [a.tar]}"))
                .isEqualTo(new K0sSource.LocalFile(
                        folder.resolve("k0s"), Optional.of(SHA), List.of(folder.resolve("a.tar"))));
        assertThat(k0s("{build: standin/build.sh}")).isEqualTo(new K0sSource.Built(folder.resolve("standin/build.sh")));
    }

    private K0sSource k0s(String source) {
        return recipe(DEBIAN.replace("{version: v1.36.3+k0s.2}", source)).k0s();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | k0s: says no source; write one of version: v1.36.3+k0s.2, file: ./k0s or build",
                "{version: v1.36.3+k0s.2, file: k0s} | k0s: has version and file; write one of",
                "{version: 1.36.3} | k0s.version: '1.36.3' is not valid; write it like v1.36.3+k0s.2",
                "{version: v1.36.3+k0s.2, sha256: abc} | k0s.sha256: 'abc' is not valid; 64 hexadecimal digits",
                "{version: v1.36.3+k0s.2, images: []} | k0s.images: belongs to file only",
                "{file: k0z} | k0s.file: there is no file",
                "{file: k0s, images: [b.tar]} | k0s.images[0]: there is no file",
                "{build: .} | k0s.build: '.' is no file",
                "v1.36.3+k0s.2 | k0s: is 'v1.36.3+k0s.2'; write a mapping"
            })
    void anyOtherSourceIsRefused(String source, String said) {
        world.write("k0s", "");

        assertThat(said(DEBIAN.replace("{version: v1.36.3+k0s.2}", source)))
                .singleElement()
                .asString()
                .contains(said);
    }

    @Test
    void anOverlayIsAFolderThatIsThere() {
        world.write("file", "");

        assertThat(said(DEBIAN + "overlay: [file, debain]"))
                .satisfiesExactly(
                        file -> assertThat(file).contains("overlay[0]: 'file' is no folder"),
                        none -> assertThat(none).contains("overlay[1]: there is no folder"));
    }
}
