package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {

    @TempDir
    Path folder;

    private BuildCache.Root root(String packages, String suite) throws IOException {
        return new BuildCache(folder).root(Map.of("packages", packages, "base", "apt " + suite));
    }

    private BuildCache.Root made(String packages, String suite) throws IOException {
        var root = root(packages, suite);
        Files.writeString(folder.resolve(root.name() + ".tar.zst"), "");
        new BuildCache(folder).made(root);
        return root;
    }

    @Test
    void oneMorePackageIsAddedToTheLargestRootThatIsAPartOfIt() throws IOException {
        made("a", "trixie");
        var two = made("a b", "trixie");
        made("a x", "trixie");
        assertThat(root("c b a", "trixie").from()).contains(two.name());
        assertThat(root("b", "trixie").from()).isEmpty();
        assertThat(root("a b c", "sid").from()).isEmpty();
    }

    @Test
    void onlyTheLastFourOfAKindStay() throws IOException {
        for (int i = 0; i < 6; i++) {
            var root = made("p" + i, "trixie");
            for (String end : new String[] {".tar.zst", ".names"}) {
                Files.setLastModifiedTime(
                        folder.resolve(root.name() + end), FileTime.from(Instant.ofEpochSecond(1000 + i)));
            }
        }
        Files.writeString(folder.resolve("initrd-1"), "");
        made("last", "trixie");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".tar.zst")))
                    .hasSize(4);
        }
        assertThat(folder.resolve(root("last", "trixie").name() + ".names")).exists();
        assertThat(folder.resolve("initrd-1")).exists();
    }
}
