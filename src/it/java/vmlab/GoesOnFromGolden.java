package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What is done with a lab that was up once, and does not boot again for it: the second half of {@link SingleNodeIT}. */
interface GoesOnFromGolden {

    LabCommand lab();

    Path home();

    /** For what the tests write. */
    Path folder();

    /** The words of its {@code up}. */
    String[] up();

    void theKubeconfigWorksFromThisShell() throws IOException;

    /** What users are shown, with this lab's file in the place of its own: its golden lab is there. */
    @Test
    @Order(11)
    default void theExampleOfTheJunitExtensionPassesWithTwoClassesAtOnceOneOnAFork()
            throws IOException, InterruptedException {
        Path example = folder().resolve("junit-example");
        assertThat(new ProcessBuilder("cp", "-r", "labs/junit-example", example.toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.writeString(
                example.resolve("lab.yaml"),
                Files.readString(Path.of(up()[1]))
                        .replace("debian.yaml", "debian-standin.yaml")
                        .replace("[smoke]", "[]"));
        ProcessBuilder maven = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-f",
                        example.toString(),
                        "test",
                        "-Dlab.program=" + Path.of("scripts/lab").toAbsolutePath())
                .redirectErrorStream(true);
        maven.environment().put("LAB_HOME", home().toString());
        Process running = maven.start();
        running.getOutputStream().close();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(said);
        assertThat(running.waitFor()).as(said).isZero();
        assertThat(said).contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(lab().run("list").out()).contains("no labs");
    }

    @Test
    @Order(12)
    default void theNextUpGoesOnFromWhereTheLabWasReadyFirst() throws IOException, InterruptedException {
        assertThat(lab().run("golden", "list").out()).contains("single");
        // A fork of it is put to the test, below.
        Path file = Path.of(up()[1]);
        Files.writeString(file, Files.readString(file).replace("[smoke]", "[]"));
        LabCommand.Result up = lab().run(up());
        System.out.println(up.err());
        assertThat(up.exit()).as(up.err()).isZero();
        assertThat(up.err())
                .containsPattern("restore +golden of .*cold took \\d+ s")
                .doesNotContain("waiting for SSH");
        assertThat(lab().run("logs", "single").out()).contains("lab: restored");
        assertThat(lab().run(up()).out()).contains("nothing had to be done");
        theKubeconfigWorksFromThisShell();
    }

    @Test
    @Order(13)
    default void aSnapshotIsGoneBackTo() throws IOException, InterruptedException {
        assertThat(lab().run("snapshot", "create", "single", "before").exit()).isZero();
        assertThat(lab().run("snapshot", "create", "single", "before").exit()).isEqualTo(2);
        kubectl("create namespace later");
        assertThat(lab().run("ssh", "single", "--", "touch /var/later && sync").exit())
                .isZero();
        assertThat(lab().run("snapshot", "create", "single", "after").exit()).isZero();

        LabCommand.Result back = lab().run("snapshot", "restore", "single", "before");
        System.out.println(back.err());
        assertThat(back.exit()).as(back.err()).isZero();
        assertThat(kubectl("get namespaces")).contains("kube-system").doesNotContain("later");
        assertThat(lab().run("ssh", "single", "--", "ls /var").out())
                .contains("lib")
                .doesNotContain("later");
        assertThat(lab().run("snapshot", "rm", "single", "after").exit()).isZero();
        assertThat(lab().run("snapshot", "list", "single").out())
                .contains("before")
                .doesNotContain("after");
    }

    @Test
    @Order(14)
    default void aForkIsALabOfItsOwn() throws IOException, InterruptedException {
        LabCommand.Result fork = lab().run("fork", "single/before");
        System.out.println(fork.out() + fork.err());
        assertThat(fork.exit()).as(fork.err()).isZero();
        kubectl("create namespace only-here");
        assertThat(lab().run("list").out()).containsPattern("single-1 .*running, a fork");
        assertThat(lab().run("ssh", "single-1", "--", "k0s kubectl get namespaces")
                        .out())
                .contains("kube-system")
                .doesNotContain("only-here");
        assertThat(lab().run("down", "single-1").exit()).isZero();
        assertThat(home().resolve("forks")).doesNotExist();
    }

    /** On two forks, half of these specs on each, while the lab itself leaves them the processors. */
    @Test
    @Order(15)
    default void kubernetesOwnTestsPassInTwoShards() throws IOException, InterruptedException {
        assertThat(lab().run("pause", "single").exit()).isZero();
        Path out = folder().resolve("conformance");
        LabCommand.Result tests = lab().run(
                        "test",
                        "single/before",
                        "--suite",
                        "conformance",
                        "--mode=quick",
                        "--focus=sig-(auth|instrumentation)",
                        "--shards=2",
                        "--out=" + out);
        System.out.println(tests.err());
        assertThat(tests.exit()).as(tests.out() + tests.err()).isZero();
        for (int shard = 1; shard <= 2; shard++) {
            assertThat(tests.out()).contains("single-" + shard + ": conformance: 5 of 5 checks passed");
            try (Stream<Path> left = Files.list(out.resolve("" + shard))) {
                assertThat(left.map(Path::getFileName).map(Path::toString))
                        .containsExactlyInAnyOrder("e2e.log", "junit_01.xml", "lab.xml", "specs.txt");
            }
        }
        assertThat(home().resolve("forks")).doesNotExist();
        assertThat(lab().run("list").out()).containsPattern("single .*paused");
        assertThat(lab().run("start", "single").exit()).isZero();
        assertThat(lab().run("status", "single").out()).contains("running");
    }

    @Test
    @Order(16)
    default void downOfWhatWasRestoredLeavesNothingEither() throws IOException, InterruptedException {
        assertThat(lab().run("down", "single").exit()).isZero();
        Leftovers.assertNone(home());
        assertThat(lab().run("golden", "verify").exit()).isZero();
        assertThat(lab().run("golden", "rm", "single").out()).contains("removed 1");
        assertThat(home().resolve("golden")).doesNotExist();
    }

    private String kubectl(String words) throws IOException, InterruptedException {
        LabCommand.Result said = lab().run("ssh", "single", "--", "k0s kubectl " + words);
        assertThat(said.exit()).as(said.err()).isZero();
        return said.out();
    }
}
