package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A worker that joins by pulling: nothing is pushed into it, its token lay on its own disk before it booted for the first time. */
@WithinMinutes(40)
class TwoNodesIT {

    @Test
    void aWorkerJoinsWithWhatItPulled() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("lab-it");
        LabCommand lab = new LabCommand(home);
        try {
            LabCommand.Result up =
                    lab.run("up", "labs/two-nodes.yaml", "--web", "--image", "images/debian-standin.yaml");
            assertThat(up.exit()).as(up.err()).isZero();
            assertThat(up.err()).contains("cp (10.", "w1 (10.", "18 of 18 checks passed");
            System.out.println(lab.run("report", "two-nodes").out());
            assertThat(livePage(up.err()))
                    .as("the live page, from outside the embedded host")
                    .contains("two-nodes", ">cp</text>", ">w1</text>", "is up");

            assertThat(new JsonMapper()
                            .readTree(
                                    lab.run("status", "two-nodes", "-o", "json").out())
                            .path("nodes"))
                    .hasSize(2);
            assertThat(lab.run("ssh", "two-nodes", "--node", "w1", "--", "hostname")
                            .out())
                    .isEqualTo("w1\n");
            assertThat(lab.run(
                                    "ssh",
                                    "two-nodes",
                                    "--node",
                                    "w1",
                                    "--",
                                    "getent hosts cp && find / -path /proc -prune -o -name ca.key -print")
                            .out())
                    .as("the controller's name resolves, and no key of the CA is on a worker")
                    .contains("cp")
                    .doesNotContain("ca.key");
            editsAreCarriedOutInPlace(lab, home);
            assertThat(lab.run("down", "two-nodes").exit()).isZero();
            LabCommand.Result again = lab.run("up", "labs/two-nodes.yaml", "--image", "images/debian-standin.yaml");
            System.out.println(again.err());
            assertThat(again.exit()).as(again.err()).isZero();
            assertThat(again.err())
                    .containsPattern("restore +golden of .*cold took \\d+ s")
                    .contains("18 of 18 checks passed");
        } finally {
            lab.run("down", "two-nodes");
        }
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }

    private static String livePage(String said) throws IOException, InterruptedException {
        Matcher address =
                Pattern.compile("live page: (http://127\\.0\\.0\\.1:\\S+)").matcher(said);
        assertThat(address.find()).as(said).isTrue();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address.group(1))).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static void editsAreCarriedOutInPlace(LabCommand lab, Path home) throws IOException, InterruptedException {
        Path file = home.resolve("two-nodes.yaml");
        String two = Files.readString(Path.of("labs/two-nodes.yaml"))
                .replace("../images", Path.of("images").toAbsolutePath().toString());
        Files.writeString(file, two);
        assertThat(plan(lab, file).exit()).isZero();

        // The smoke tests ran, and run once more on what is restored.
        two = two.replace("tests: [smoke]", "tests: []");
        Files.writeString(file, two.replace("tests:", "  - {name: w2, role: worker, memory: 1GiB}\ntests:"));
        assertThat(plan(lab, file).exit()).isEqualTo(4);
        assertThat(plan(lab, file).out()).contains("w2", "add worker");
        assertThat(up(lab, file)).contains("added w2", "w2 (10.");

        // One run for both: w2 goes, and w1 restarts with more memory.
        Files.writeString(file, two.replace("2GiB", "2200MiB"));
        assertThat(plan(lab, file).out()).contains("drain, delete, destroy", "restart: memory 2GiB → 2.15GiB");
        assertThat(up(lab, file)).contains("removed w2", "w1 is back").doesNotContain("cp is back");
        assertThat(lab.run("status", "two-nodes").out()).contains("2.15GiB").doesNotContain("w2");
        assertThat(lab.run("ssh", "two-nodes", "--", "k0s", "kubectl", "get", "nodes")
                        .out())
                .contains("w1")
                .doesNotContain("w2", "SchedulingDisabled");
        assertThat(home.resolve("labs/two-nodes/w2.state.img")).doesNotExist();
        assertThat(plan(lab, file).out()).contains("nothing to do");
        Files.delete(file);
    }

    private static LabCommand.Result plan(LabCommand lab, Path file) throws IOException, InterruptedException {
        return lab.run("plan", file.toString(), "--image", "images/debian-standin.yaml");
    }

    private static String up(LabCommand lab, Path file) throws IOException, InterruptedException {
        LabCommand.Result up = lab.run("up", file.toString(), "--image", "images/debian-standin.yaml");
        assertThat(up.exit()).as(up.err()).isZero();
        return up.err();
    }
}
