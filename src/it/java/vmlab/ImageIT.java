package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images built for real, from Debian's archive. No virtual machine. The recipe is Debian's, with a program of few bytes for k0s. */
class ImageIT {

    private static final List<String> FILES = List.of("vmlinuz", "initrd", "root.squashfs", "packages.txt");

    @TempDir
    Path folder;

    @BeforeEach
    void aRecipe() throws IOException {
        Path images = Path.of("images").toAbsolutePath();
        Files.copy(images.resolve("debian.yaml"), folder.resolve("debian.yaml"));
        Files.createSymbolicLink(folder.resolve("debian"), images.resolve("debian"));
        Files.copy(Path.of("/bin/echo").toRealPath(), folder.resolve("k0s"));
        recipe("steps: [{name: greeting, run: \"echo hello > /etc/motd\"}]");
    }

    private void recipe(String more) throws IOException {
        Files.writeString(folder.resolve("small.yaml"), """
                apiVersion: lab-image/v1
                extends: debian.yaml
                name: small
                k0s: {file: ./k0s}
                %s
                """.formatted(more));
    }

    private LabCommand.Result build(String cache, Map<String, String> more, String... options) throws Exception {
        var environment = new java.util.TreeMap<>(more);
        environment.put("LAB_CACHE", folder.resolve(cache).toString());
        var arguments = Stream.of(
                        Stream.of("image", options.length > 0 && options[0].equals("lock") ? "lock" : "build"),
                        Stream.of(options).filter(option -> !option.equals("lock")),
                        Stream.of(folder.resolve("small.yaml").toString()))
                .flatMap(each -> each)
                .toArray(String[]::new);
        return new LabCommand(folder, environment).run(arguments);
    }

    @Test
    @Tag("long")
    void twoBuildsOfALockAreTheSameToTheByte() throws Exception {
        var epoch = Map.of("SOURCE_DATE_EPOCH", "1750000000");
        assertThat(build("one", epoch, "lock").exit()).isZero();
        LabCommand.Result one = build("one", epoch, "--locked");
        LabCommand.Result two = build("two", epoch, "--locked");
        assertThat(one.err() + two.err()).doesNotContain("failed");
        for (String file : FILES) {
            assertThat(Path.of(two.out().strip()).resolve(file))
                    .hasSameBinaryContentAs(Path.of(one.out().strip()).resolve(file));
        }
    }

    @Test
    void anImageIsBuiltFromItsLockAndAStepThatFailsSpoilsNothing() throws Exception {
        var epoch = Map.of("SOURCE_DATE_EPOCH", "1750000000");
        assertThat(build("two", epoch, "lock").exit()).isZero();
        LabCommand.Result two = build("two", epoch, "--locked");
        assertThat(two.exit()).as(two.err()).isZero();
        Path image = Path.of(two.out().strip());
        assertThat(FILES).allSatisfy(file -> assertThat(image.resolve(file)).isNotEmptyFile());
        assertThat(Files.size(image.resolve("initrd"))).isLessThan(12_000_000);

        recipe("steps: [{name: greeting, run: \"echo so far; ls /nowhere; echo no further\"}]");
        LabCommand.Result failed = build("two", epoch, "--locked");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err())
                .contains("its step 'greeting' failed", "'/nowhere'", "failed-small.log")
                .doesNotContain("no further");
        try (Stream<Path> left = Files.list(folder.resolve("two/images"))) {
            assertThat(left.filter(Files::isDirectory)).containsExactly(image);
        }
    }

    @Test
    void aMirrorThatIsAwayIsTheMachinesFaultAndNamed() throws Exception {
        LabCommand.Result result = build("one", Map.of("LAB_MIRROR", "http://127.0.0.1:9/debian"));
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err())
                .contains("127.0.0.1:9", "see whether this machine reaches where its packages come from");
    }

    @Test
    void anUnknownPackageIsAnsweredWithTheNearestThatThereIs() throws Exception {
        recipe("packages: [opnerc]");
        LabCommand.Result result = build("one", Map.of());
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("Unable to locate package opnerc", "did you mean 'openrc'?");
    }
}
