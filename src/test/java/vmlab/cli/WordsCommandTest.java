package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.site.Identity;

/** What can follow the words of a command line, where a lab {@code demo} is, and the cluster.yaml of a lab {@code here}. */
class WordsCommandTest {

    @TempDir
    private Path folder;

    private void begun(String lab, String node, String snapshot) throws IOException {
        Path home = folder.resolve("home");
        LabFolder begun = LabFolder.of(home, lab);
        new Identity(lab, "id", home.toString(), Identity.EMBEDDED, "").write(begun);
        Files.writeString(begun.spec(), cluster(lab, node));
        Path taken = Files.createDirectories(begun.snapshots().resolve(snapshot));
        Files.writeString(taken.resolve("manifest.json"), """
                {"lab": "%s", "made": "2026-11-26T12:00:00Z", "boot": "b", "nodes": {"%s": "made"}, "sizes": {}, "sums": {}}
                """.formatted(lab, node));
    }

    private static String cluster(String lab, String node) {
        return """
                apiVersion: lab/v1
                name: %s
                image: %s
                nodes: [{name: %s, role: single}]
                """.formatted(lab, Path.of("images/debian-standin.yaml").toAbsolutePath(), node);
    }

    @Test
    void labsNodesAndSnapshotsFollowWhereTheUsageHasThem() throws Exception {
        begun("demo", "w1", "before");
        begun("here", "cp", "after");
        Files.writeString(folder.resolve("cluster.yaml"), cluster("here", "cp"));

        String said = Commands.perform(
                folder,
                folder.resolve("home"),
                List.of(
                        "words -- status",
                        "words -- ssh",
                        "words -- ssh demo",
                        "words -- ssh --node",
                        "words -- logs demo --node",
                        "words -- --connect embedded power demo w1",
                        "words -- power demo",
                        "words -- snapshot restore demo",
                        "words -- snapshot rm",
                        "words -- up",
                        "words -- image",
                        "words"));

        assertThat(said).isEqualTo("""
                demo
                here
                words -- status: 0
                demo
                here
                cp
                words -- ssh: 0
                w1
                words -- ssh demo: 0
                cp
                words -- ssh --node: 0
                w1
                words -- logs demo --node: 0
                off
                on
                pause
                resume
                words -- --connect embedded power demo w1: 0
                w1
                words -- power demo: 0
                before
                words -- snapshot restore demo: 0
                demo
                here
                after
                words -- snapshot rm: 0
                words -- up: 0
                words -- image: 0
                words: 0
                """);
    }
}
