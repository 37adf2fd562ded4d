package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

@Isolated("it prints")
class InitCommandTest {

    @TempDir
    private Path folder;

    private int init(String file, String... options) {
        List<String> words =
                new ArrayList<>(List.of("init", folder.resolve(file).toString()));
        words.addAll(List.of(options));
        return Main.commandLine().execute(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"--nodes=1,1", "--nodes=3,3", "--nodes=100,100", "--ha,5", "--provision=https://git.example/boot.git,1"
    })
    void whatItWritesIsACluster(String option, int nodes) {
        assertThat(init("My Lab.yaml", option)).isZero();

        Cluster cluster = Specs.readCluster(folder.resolve("My Lab.yaml"));
        assertThat(cluster.nodes()).hasSize(nodes);
        assertThat(cluster.name()).isEqualTo("my-lab");
        assertThat(cluster.provision().isPresent()).isEqualTo(option.startsWith("--provision"));
    }

    @Test
    void aRecipeIsLookedForHereAndAmongThoseThatCameWithLab() {
        assertThat(init("standin.yaml", "--image=images/debian-standin.yaml")).isZero();
        assertThat(Specs.readCluster(folder.resolve("standin.yaml")).image()).exists();

        assertThat(init("none.yaml", "--image=images/none.yaml")).isEqualTo(2);
        assertThat(folder.resolve("none.yaml")).doesNotExist();
    }

    @Test
    void whatIsCommentedOutWouldHoldToo() throws IOException {
        init("cluster.yaml");
        Path file = folder.resolve("cluster.yaml");
        Files.createDirectories(folder.resolve("post-boot"));
        Files.writeString(folder.resolve("post-boot/run.sh"), "");
        Files.writeString(folder.resolve("app.tar"), "");

        Files.writeString(
                file, Files.readString(file).replaceAll("(?m)^( *)# (boot|network|images|ports|provision):", "$1$2:"));

        Cluster cluster = Specs.readCluster(file);
        assertThat(cluster.podImages().files()).hasSize(1);
        assertThat(cluster.provision()).isPresent();
    }

    @Test
    void editorsFindTheSchemaAndNothingIsOverwritten() throws IOException {
        assertThat(init("demo.yaml")).isZero();
        assertThat(folder.resolve("demo.yaml"))
                .content()
                .startsWith("# yaml-language-server: $schema=cluster.schema.json\n");
        assertThat(folder.resolve("cluster.schema.json")).hasContent(Specs.clusterSchema());
        Files.writeString(folder.resolve("demo.yaml"), "mine");

        assertThat(init("demo.yaml")).isEqualTo(2);
        assertThat(folder.resolve("demo.yaml")).hasContent("mine");
        assertThat(init("other.yaml", "--nodes=0")).isEqualTo(2);
        assertThat(init("other.yaml", "--ha", "--nodes=3")).isEqualTo(2);
        assertThat(folder.resolve("other.yaml")).doesNotExist();
    }
}
