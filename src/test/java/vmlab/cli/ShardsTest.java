package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/shards} with a lab that only writes down what it is asked. */
class ShardsTest {

    @TempDir
    Path folder;

    private int exit;

    @BeforeEach
    void aLabThatWritesDown() throws IOException {
        for (String script : List.of("shards", "await.bash")) {
            Files.copy(Path.of("scripts", script), folder.resolve(script));
        }
        Path lab = Files.writeString(folder.resolve("lab"), """
                #!/bin/sh
                cd "$(dirname "$0")"
                echo "$*" >>asked
                case $1 in
                    fork) printf '{"lab":"demo-%s","kubeconfig":"k"}\\n' 2 1 ;;
                    test)
                        echo "tested $2"
                        echo "progress of $2" >&2
                        [ ! -e hangs ] || { trap 'exit 143' TERM; while :; do sleep 0.05; done; }
                        [ ! -e "fails-$2" ] ;;
                esac
                """);
        for (Path program : List.of(lab, folder.resolve("shards"))) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("bash", "-p", folder.resolve("shards").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private String said(String... arguments) throws IOException, InterruptedException {
        Process shards = start(arguments);
        String said = new String(shards.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exit = shards.waitFor();
        return said;
    }

    private List<String> asked() throws IOException {
        Path asked = folder.resolve("asked");
        return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
    }

    private static final String[] TWO = {
        "test", "demo", "--suite", "conformance", "--shards=2", "--mode", "quick", "--out", "there"
    };

    @Test
    void eachForkIsPutToItsPartAndGoes() throws Exception {
        assertThat(said(TWO)).contains("demo-1: tested demo-1", "demo-2: tested demo-2", "demo-2: progress of demo-2");
        assertThat(exit).isZero();
        assertThat(asked()).startsWith("fork demo --count 2 -o json").endsWith("down demo-1", "down demo-2");
        assertThat(asked().subList(1, 3))
                .containsExactlyInAnyOrder(
                        "test demo-1 --suite conformance --mode quick --shard 1/2 --out there/1",
                        "test demo-2 --suite conformance --mode quick --shard 2/2 --out there/2");
    }

    /** Each has its specs from the run before. */
    @Test
    void aRunThatGoesOnChoosesNoParts() throws Exception {
        said("test", "demo", "--suite", "conformance", "--shards=2", "--resume", "--out", "there");

        assertThat(asked().subList(1, 3))
                .containsExactlyInAnyOrder(
                        "test demo-1 --suite conformance --resume --out there/1",
                        "test demo-2 --suite conformance --resume --out there/2");
    }

    @Test
    void oneThatFailsIsAFailureAndLeavesNoForkEither() throws Exception {
        Files.writeString(folder.resolve("fails-demo-2"), "");

        said(TWO);

        assertThat(exit).isEqualTo(1);
        assertThat(asked()).endsWith("down demo-1", "down demo-2");
    }

    @Test
    void anInterruptedRunLeavesNoForkEither() throws Exception {
        Files.writeString(folder.resolve("hangs"), "");
        Process shards = start(TWO);
        while (asked().size() < 3) {
            Thread.onSpinWait();
        }
        new ProcessBuilder("kill", "" + shards.pid()).start().waitFor();

        assertThat(shards.waitFor()).isEqualTo(143);
        assertThat(asked()).endsWith("down demo-1", "down demo-2");
    }

    @Test
    void whatItCanNotDoIsRefusedBeforeAnythingIsForked() throws Exception {
        assertThat(said("test", "demo", "--suite", "conformance", "--shards", "none", "--out", "there"))
                .contains("'none' is none");
        assertThat(exit).isEqualTo(2);
        assertThat(said("test", "demo", "--suite", "conformance", "--shards", "2"))
                .contains("name a folder with --out DIR");
        assertThat(exit).isEqualTo(2);
        assertThat(said(
                        "test",
                        "demo",
                        "--suite",
                        "conformance",
                        "--shards",
                        "2",
                        "--out",
                        "there",
                        "--resume",
                        "--skip=x"))
                .contains("the run before has chosen its specs", "leave out --mode, --focus and --skip");
        assertThat(exit).isEqualTo(2);
        assertThat(asked()).isEmpty();
    }
}
