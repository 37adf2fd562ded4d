package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.site.Identity;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

class SurroundingsTest {

    private static Surroundings of(Map<String, String> env) {
        return Surroundings.of(env, Path.of("/opt/lab"));
    }

    @Test
    void insideTheEmbeddedHostLibvirtIsTheUsualOne() {
        Surroundings here = of(Map.of("LAB_EMBEDDED", "1", "LAB_CONNECT", "embedded", "HOME", "/home/ann"));

        assertThat(here.connect()).contains("qemu:///system");
        assertThat(here.embedded()).isTrue();
    }

    @Test
    void withoutAHostThereIsNothingToAsk() {
        assertThat(of(Map.of("LAB_CONNECT", "none", "HOME", "/home/ann")).connect())
                .isEmpty();
        assertThat(of(Map.of("LAB_CONNECT", "none", "HOME", "/home/ann"))
                        .inventory()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void foldersFollowTheirVariablesInThisOrder() {
        assertThat(of(Map.of("HOME", "/home/ann")).home()).isEqualTo(Path.of("/home/ann/.local/share/lab"));
        assertThat(of(Map.of("HOME", "/home/ann", "XDG_CACHE_HOME", "/c")).cache())
                .isEqualTo(Path.of("/c/lab"));
        assertThat(of(Map.of("HOME", "/home/ann", "LAB_HOME", "/l")).home()).isEqualTo(Path.of("/l"));
    }

    @Test
    void aLabIsWhereItsFolderSaysAndNowhereElse(@TempDir Path home) {
        new Identity("single", "id", home.toString(), Identity.EMBEDDED, "").write(LabFolder.of(home, "single"));
        new Identity("own", "id", home.toString(), "qemu:///system", "").write(LabFolder.of(home, "own"));
        String lab = home.toString();

        refuses(of(Map.of("LAB_HOME", lab, "LAB_CONNECT", "qemu:///system")), "single", "qemu:///system", "embedded");
        refuses(of(Map.of("LAB_HOME", lab, "LAB_CONNECT", "none", "LAB_CONNECT_ASKED", "x:///y")), "single", "x:///y");
        refuses(of(Map.of("LAB_HOME", lab, "LAB_EMBEDDED", "1")), "own", "embedded", "qemu:///system");
        assertThat(of(Map.of("LAB_HOME", lab, "LAB_CONNECT", "x:///y"))
                        .at("own")
                        .connect())
                .as("whatever answers today")
                .contains("qemu:///system");
        assertThat(of(Map.of("LAB_HOME", lab, "LAB_EMBEDDED", "1")).at("single").embedded())
                .isTrue();
        assertThat(of(Map.of("LAB_HOME", lab, "LAB_CONNECT", "none"))
                        .at("single")
                        .connect())
                .as("no embedded host runs")
                .isEmpty();
        assertThat(of(Map.of("LAB_HOME", lab, "LAB_CONNECT", "x:///y"))
                        .at("new")
                        .connect())
                .contains("x:///y");
    }

    @Test
    void inAClusterWhatIsLeftOutIsWhatTheFolderHas(@TempDir Path home) {
        String its = "kubevirt:staging?gateway=registry.example/gateway";
        new Identity("far", "id", home.toString(), its, "").write(LabFolder.of(home, "far"));
        String lab = home.toString();

        for (String meant :
                new String[] {"kubevirt:", "kubevirt:staging", "kubevirt:?gateway=registry.example/gateway", its}) {
            assertThat(of(Map.of("LAB_HOME", lab, "LAB_CONNECT", meant, "LAB_CONNECT_ASKED", meant))
                            .at("far")
                            .uri())
                    .isEqualTo(its);
        }
        for (String other :
                new String[] {"kubevirt:live", "kubevirt:staging?gateway=else.example/gateway", "qemu:///system"}) {
            refuses(of(Map.of("LAB_HOME", lab, "LAB_CONNECT", other, "LAB_CONNECT_ASKED", other)), "far", other, its);
        }
    }

    @Test
    void clusterYamlSaysWhereItsLabIsUnlessTheUserNamesAnotherPlace(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("debian.yaml"), "");
        Cluster cluster = Specs.readCluster(Files.writeString(folder.resolve("cluster.yaml"), """
                apiVersion: lab/v1
                name: far
                image: debian.yaml
                nodes: [{name: cp}]
                engine: {kubevirt: {context: staging, prefix: ann-}}
                """));

        assertThat(asked("").as(cluster).uri()).isEqualTo("kubevirt:staging?prefix=ann-");
        assertThat(asked("kubevirt:").as(cluster).uri()).isEqualTo("kubevirt:staging?prefix=ann-");
        assertThat(asked("kubevirt:live").as(cluster).uri()).isEqualTo("kubevirt:live?prefix=ann-");
        assertThat(asked("kubevirt:live?prefix=b-").as(cluster).uri()).isEqualTo("kubevirt:live?prefix=b-");
        assertThat(asked("x:///y").as(cluster).uri()).isEqualTo("x:///y");
    }

    private static Surroundings asked(String uri) {
        return of(Map.of(
                "HOME", "/home/ann", "LAB_CONNECT", uri.isEmpty() ? "kubevirt:" : uri, "LAB_CONNECT_ASKED", uri));
    }

    private static void refuses(Surroundings here, String lab, String... named) {
        assertThatThrownBy(() -> here.at(lab)).isInstanceOfSatisfying(LabFailure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(2);
            assertThat(failure.what() + failure.why()).contains(named);
        });
    }
}
