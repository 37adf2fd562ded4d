package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node that boots once, and from then on goes on from where it was Ready. */
@WithinMinutes(30)
class GoldenIT {

    private static final Pattern KEPT = Pattern.compile("golden +nodes stood still for \\d+\\.\\d s");
    private static final Pattern RESTORED = Pattern.compile("restore +golden of .*cold took \\d+ s");

    @TempDir
    private Path folder;

    @Test
    void theSecondUpOfAPlanGoesOnFromWhereTheFirstWasReady() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("lab-it");
        LabCommand lab = new LabCommand(home);
        Path file = Files.writeString(
                folder.resolve("kept.yaml"),
                Files.readString(Path.of("labs/single.yaml"))
                        .replace("name: single", "name: kept\ngolden: auto")
                        .replace("boot: pxe", "boot: direct")
                        .replace("tests: [smoke]", "tests: []")
                        .replace("../images", Path.of("images").toAbsolutePath().toString()));
        String[] up = {"up", file.toString(), "--image", "images/debian-standin.yaml"};
        try {
            LabCommand.Result cold = lab.run(up);
            System.out.println(cold.err());
            assertThat(cold.exit()).as(cold.err()).isZero();
            assertThat(cold.err()).containsPattern(KEPT);
            assertThat(lab.run("down", "kept").exit()).isZero();
            Leftovers.assertNone(home);
            assertThat(lab.run("golden", "list").out()).contains("kept");

            LabCommand.Result warm = lab.run(up);
            System.out.println(warm.err());
            assertThat(warm.exit()).as(warm.err()).isZero();
            assertThat(warm.err()).containsPattern(RESTORED).doesNotContain("waiting for SSH");
            try (var client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(Files.readString(home.resolve("labs/kept/kubeconfig"))))
                    .build()) {
                assertThat(client.nodes().list().getItems()).hasSize(1);
            }
            assertThat(lab.run("logs", "kept").out()).contains("lab: restored");
            assertThat(lab.run("up", file.toString(), "--image", "images/debian-standin.yaml")
                            .out())
                    .contains("nothing had to be done");
            LabCommand.Result tests = lab.run("test", "kept");
            assertThat(tests.exit()).as(tests.out() + tests.err()).isZero();
        } finally {
            lab.run("down", "kept");
            lab.run("golden", "rm", "kept");
        }
        assertThat(lab.run("golden", "list").out()).doesNotContain("kept");
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }
}
