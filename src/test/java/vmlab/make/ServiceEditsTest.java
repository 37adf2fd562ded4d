package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.boot.BootConfig;
import vmlab.plan.Action;
import vmlab.plan.LabFolder;
import vmlab.spec.Specs;

/** An edit of what no node has to know is an edit too. */
class ServiceEditsTest {

    @TempDir
    Path home;

    private LabFolder folder;

    @BeforeEach
    void aLabThatIsServed() throws IOException {
        folder = LabFolder.of(home, "demo");
        Files.createDirectories(folder.path());
        new BootConfig(
                        "demo",
                        "10.77.0.1",
                        8080,
                        List.of(),
                        "events",
                        "",
                        "10.77.0.11",
                        List.of(),
                        List.of("8443:cp:6443"),
                        true,
                        true)
                .write(folder.bootConfig());
    }

    private List<String> edits(String more) throws IOException {
        Files.writeString(home.resolve("recipe.yaml"), "");
        Path file = Files.writeString(
                home.resolve("cluster.yaml"),
                "apiVersion: lab/v1\nname: demo\nimage: recipe.yaml\nnodes: [{name: cp}]\n" + more);
        return ServiceEdits.of(Specs.readCluster(file), folder).stream()
                .map(Action::text)
                .toList();
    }

    @Test
    void whatIsAsBeforeIsNone() throws IOException {
        assertThat(edits("ports: ['8443:cp:6443']\n")).isEmpty();
    }

    @Test
    void otherPortsAndNoStorageAreTwo() throws IOException {
        assertThat(edits("ports: ['8443:cp:6443', '8080:cp:80']\nstorage: none\n"))
                .containsExactly("change ports 8443:cp:6443 → 8443:cp:6443, 8080:cp:80", "change storage local → none");
        assertThat(edits("")).containsExactly("change ports 8443:cp:6443 → none");
    }

    @Test
    void portsOfALabThatIsToBeMadeAreSaid() throws IOException {
        Files.delete(folder.bootConfig());

        assertThat(edits("ports: ['8080:cp:80']\n")).containsExactly("forward ports of 127.0.0.1: 8080:cp:80");
        assertThat(edits("")).isEmpty();
    }

    @Test
    void thatNothingIsPulledAnyMoreIsOne() throws IOException {
        assertThat(edits("ports: ['8443:cp:6443']\npull: never\n")).containsExactly("change pull missing → never");
    }

    @Test
    void aLabThatIsNotThereIsMadeSo() throws IOException {
        Files.delete(folder.bootConfig());

        assertThat(edits("storage: none\n")).isEmpty();
    }
}
