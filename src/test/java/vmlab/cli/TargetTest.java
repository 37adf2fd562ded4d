package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.site.Identity;

/** What a command is about, said by name or by file. */
class TargetTest {

    @TempDir
    Path folder;

    private LabFolder begun(String lab) {
        Path home = folder.resolve("home");
        LabFolder begun = LabFolder.of(home, lab);
        new Identity(lab, "id", home.toString(), Identity.EMBEDDED, "").write(begun);
        return begun;
    }

    private String performed(String... commands) throws IOException, InterruptedException {
        return Commands.perform(folder, folder.resolve("home"), List.of(commands));
    }

    @Test
    void aFileThatIsCalledLikeALabDoesNotHideIt() throws Exception {
        LabFolder single = begun("single");
        LabFolder pair = begun("pair");
        LabFolder third = begun("third");
        Files.writeString(folder.resolve("single"), "no YAML of ours: [");
        Files.createDirectories(folder.resolve("pair"));
        Files.writeString(folder.resolve("mine"), "name: third\n");

        assertThat(performed("down single", "down pair", "down mine", "down ./single", "down Mine"))
                .contains(
                        "down single: 0\n", "down pair: 0\n", "down mine: 0\n", "down ./single: 2\n", "down Mine: 2\n");

        assertThat(single.path()).doesNotExist();
        assertThat(pair.path()).doesNotExist();
        assertThat(third.path()).doesNotExist();
    }

    @Test
    void aFileThatIsGoneOrSaysNoNameIsNoEndToIt() throws Exception {
        LabFolder single = begun("single");
        Files.writeString(folder.resolve("cluster.yaml"), "{nodse: [], name: single, image: gone.yaml}\n");

        assertThat(performed("down", "status")).contains("down: 0\n");
        assertThat(single.path()).doesNotExist();
        Files.writeString(folder.resolve("cluster.yaml"), "nodes: []\n");
        assertThat(performed("down")).contains("the lab itself: lab list", "down: 2\n");
        Files.delete(folder.resolve("cluster.yaml"));
        assertThat(performed("stop")).contains("no such file", "the lab itself: lab list", "stop: 2\n");
    }

    @Test
    void whatIsNoLabButANodeACommandOrALogIsSaidOfTheLabOfClusterYaml() throws Exception {
        begun("single");
        Files.writeString(folder.resolve("cluster.yaml"), """
                apiVersion: lab/v1
                name: single
                image: %s
                nodes: [{name: cp, role: single}]
                """.formatted(
                        Path.of("images/debian-standin.yaml").toAbsolutePath()));

        String said = performed(
                "ssh cp",
                "ssh cp -- true",
                "ssh -- cat /etc/motd",
                "ssh -- /bin/true",
                "logs k0s",
                "power cp off",
                "link cp --down",
                "capture cp port 6443",
                "pull cp");
        assertThat(said)
                .doesNotContain("lab cp", "lab cat", "lab k0s", "/bin/true is", "no such file")
                .matches("(?s)(lab: lab single is not up\\n.{0,200}?\\n[a-z]+ [^:\\n]*: 1\\n){9}");
        assertThat(performed("logs k0s boot")).as("a lab and its log").contains("lab: lab k0s is not up");
        assertThat(performed("snapshot create before", "snapshot restore before", "snapshot rm gone"))
                .matches("(?s)lab: lab single is not up.*lab: lab single is not up.*snapshot gone.*");

        begun("cp");
        assertThat(performed("ssh cp")).contains("lab cp is not up");
    }

    @Test
    void downWhereNoHostRunsSaysWhatItSaysWhereOneDoes() throws Exception {
        begun("single");

        assertThat(performed("down never", "down single", "down single"))
                .matches("down +no lab is called never, so there is nothing to remove \\(.* s\\)\ndown never: 0\n"
                        + "down +its machines were gone, nothing is left \\(.* s\\)\ndown single: 0\n"
                        + "down +no lab is called single, so there is nothing to remove \\(.* s\\)\ndown single: 0\n");
    }

    @Test
    void downNeedsNoMoreThanTheNameOfAFileThatIsNotUtf8() throws Exception {
        LabFolder single = begun("single");
        Files.writeString(folder.resolve("cluster.yaml"), "# für uns\nname: single\n", StandardCharsets.ISO_8859_1);

        assertThat(performed("down cluster.yaml")).contains("down cluster.yaml: 0\n");

        assertThat(single.path()).doesNotExist();
    }
}
