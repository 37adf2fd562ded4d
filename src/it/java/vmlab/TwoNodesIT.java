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
import org.junit.jupiter.api.io.TempDir;

/** A worker that joins by pulling: nothing is pushed into it, its token lay on its own disk before it booted for the first time. */
@WithinMinutes(40)
class TwoNodesIT {

    private static final String IMAGE = "images/debian-standin.yaml";

    @TempDir
    static Path folder;

    @Test
    void aWorkerJoinsWithWhatItPulled() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("lab-it");
        LabCommand lab = new LabCommand(home);
        try {
            // Put to the test is what goes on from here, below.
            Path untested = Files.writeString(
                    folder.resolve("two-nodes.yaml"), twoNodes().replace("[smoke]", "[]"));
            LabCommand.Result up = lab.run("up", untested.toString(), "--web", "--image", IMAGE);
            System.out.println(up.err());
            assertThat(up.exit()).as(up.err()).isZero();
            assertThat(up.err()).contains("cp (10.", "w1 (10.");
            System.out.println(lab.run("report", "two-nodes").out());
            assertThat(livePage(up.err()))
                    .as("the live page, from outside the embedded host")
                    .contains("two-nodes", ">cp</text>", ">w1</text>", "is up");

            assertThat(new JsonMapper()
                            .readTree(
                                    lab.run("status", "two-nodes", "-o", "json").out())
                            .path("nodes"))
                    .hasSize(2);
            assertThat(onW1(lab, "hostname")).isEqualTo("w1\n");
            assertThat(onW1(lab, "getent hosts cp && find / -path /proc -prune -o -name ca.key -print"))
                    .as("the controller's name resolves, and no key of the CA is on a worker")
                    .contains("cp")
                    .doesNotContain("ca.key");

            assertThat(lab.run("down", "two-nodes").exit()).isZero();
            Leftovers.assertNone(home);
            String again = up(lab, Path.of("labs/two-nodes.yaml"));
            System.out.println(again);
            assertThat(again)
                    .containsPattern("restore +golden of .*cold took \\d+ s")
                    .contains("19 of 19 checks passed");
            anotherWorkerTakesItsPlace(lab, home);
        } finally {
            lab.run("down", "two-nodes");
        }
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }

    private static String twoNodes() throws IOException {
        return Files.readString(Path.of("labs/two-nodes.yaml"))
                .replace("../images", Path.of("images").toAbsolutePath().toString());
    }

    private static String onW1(LabCommand lab, String command) throws IOException, InterruptedException {
        return lab.run("ssh", "two-nodes", "--node", "w1", "--", command).out();
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

    private static void anotherWorkerTakesItsPlace(LabCommand lab, Path home) throws IOException, InterruptedException {
        Path file = folder.resolve("two-nodes.yaml");
        assertThat(plan(lab, file).exit()).isZero();

        Files.writeString(file, Files.readString(file).replace("name: w1", "name: w2"));
        assertThat(plan(lab, file).exit()).isEqualTo(4);
        assertThat(plan(lab, file).out()).contains("w2", "add worker", "drain, delete, destroy");
        assertThat(up(lab, file)).contains("removed w1", "added w2", "w2 (10.").doesNotContain("cp is back");
        assertThat(lab.run("status", "two-nodes").out()).contains("w2").doesNotContain("w1");
        assertThat(lab.run("ssh", "two-nodes", "--", "k0s", "kubectl", "get", "nodes")
                        .out())
                .contains("w2")
                .doesNotContain("w1", "SchedulingDisabled", "NotReady");
        assertThat(home.resolve("labs/two-nodes/w1.state.img")).doesNotExist();
        assertThat(plan(lab, file).out()).contains("nothing to do");
    }

    private static LabCommand.Result plan(LabCommand lab, Path file) throws IOException, InterruptedException {
        return lab.run("plan", file.toString(), "--image", IMAGE);
    }

    private static String up(LabCommand lab, Path file) throws IOException, InterruptedException {
        LabCommand.Result up = lab.run("up", file.toString(), "--image", IMAGE);
        assertThat(up.exit()).as(up.err()).isZero();
        return up.err();
    }
}
