package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbsolutePathTest {

    @Test
    void aFolderAboveALinkIsThatOfTheRealOne(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath();
        Path demo = Files.createDirectories(folder.resolve("deep/labs/demo"));
        Path image = Files.createFile(folder.resolve("deep/image.yaml"));
        Path today = Files.createSymbolicLink(folder.resolve("today"), demo);
        Path file = Files.createFile(demo.resolve("cluster.yaml"));
        Path alias = Files.createSymbolicLink(demo.resolve("alias.yaml"), image);

        assertThat(Neighbour.resolve(today.resolve("cluster.yaml"), "../../image.yaml"))
                .isEqualTo(image);
        assertThat(AbsolutePath.of(today.resolve("cluster.yaml"))).isEqualTo(file);
        assertThat(AbsolutePath.of(today.resolve("../demo/cluster.yaml"))).isEqualTo(file);
        assertThat(AbsolutePath.of(today.resolve(".."))).isEqualTo(demo.getParent());
        assertThat(AbsolutePath.of(alias)).as("its neighbours are the link's").isEqualTo(alias);
        assertThat(AbsolutePath.of(folder.resolve("gone/x"))).isEqualTo(folder.resolve("gone/x"));
    }
}
