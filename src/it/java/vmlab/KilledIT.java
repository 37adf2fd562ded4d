package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One node, and everything about it killed in turn (SIGKILL): commands at each line that they say, libvirtd, the boot server, QEMU. After
 * each, {@code up} comes to a Ready lab with what was on its disk. The fast tests kill the same commands at each write.
 */
@Tag("long")
@WithinMinutes(40)
class KilledIT {

    private static final String CLUSTER = """
            apiVersion: lab/v1
            name: killed
            image: %s
            nodes: [{name: cp, role: single, cpus: 2, memory: 3GiB, boot: direct%s}]
            """;

    private static final String IDENTITY =
            "cat /var/lib/kept; k0s kubectl get node cp -o jsonpath='{.metadata.uid} {.spec.unschedulable} {.spec.taints}'";

    @TempDir
    static Path folder;

    private Path home;
    private LabCommand lab;
    private String file = "";
    private String identity = "";

    @BeforeEach
    void aHome() throws IOException {
        home = Files.createTempDirectory("lab-it");
        lab = new LabCommand(home);
        file = cluster("");
    }

    @AfterEach
    void leaveNothing() throws IOException, InterruptedException {
        lab.run("down", "killed");
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }

    private static String cluster(String more) throws IOException {
        Path image = Path.of("images/debian-standin.yaml").toAbsolutePath();
        return Files.writeString(folder.resolve("killed.yaml"), CLUSTER.formatted(image, more))
                .toString();
    }

    @Test
    void whateverIsKilledTheLabComesBackWithWhatWasOnItsDisk() throws IOException, InterruptedException {
        int ups = 1;
        while (isKilledAtLine(ups, "up", file)) {
            ups++;
        }
        System.out.println("up was killed " + (ups - 1) + " times");
        lab.run("ssh", "killed", "--", "echo kept >/var/lib/kept; sync");
        identity = identity();
        assertThat(identity).startsWith("kept\n");

        kill("boot server", "boot.json");
        comesBack("nothing had to be done");
        kill("libvirtd", "libvirtd");
        comesBack("nothing had to be done");
        kill("QEMU", "qemu-system");
        comesBack("lab killed is up");

        assertThat(isKilledAtLine(1, "stop", "killed")).isTrue();
        assertThat(lab.run("stop", "killed").exit()).isZero();
        assertThat(isKilledAtLine(2, "start", "killed")).isTrue();
        comesBack("lab killed is up");

        file = cluster(", taints: ['mine=x:PreferNoSchedule']");
        for (int line = 1; isKilledAtLine(line, "up", file); line++) {}
        assertThat(identity().split("PreferNoSchedule")).as("one taint").hasSize(2);

        assertThat(isKilledAtLine(1, "down", "killed")).isTrue();
        assertThat(lab.run("down", "killed").exit()).isZero();
        Leftovers.assertNone(home);
    }

    private void comesBack(String words) throws IOException, InterruptedException {
        LabCommand.Result up = lab.run("up", file);
        assertThat(up.exit()).as(up.err()).isZero();
        assertThat(up.out()).contains(words);
        assertThat(identity()).isEqualTo(identity);
    }

    private String identity() throws IOException, InterruptedException {
        return lab.run("ssh", "killed", "--", IDENTITY).out();
    }

    /** Runs a command until it has said so many lines, and kills it; false where it ended before. */
    private boolean isKilledAtLine(int number, String... arguments) throws IOException, InterruptedException {
        Path noise = Files.createTempFile(folder, "noise", "");
        Process command = lab.start(noise, noise, arguments);
        while (command.isAlive() && Files.readString(noise).lines().count() < number) {
            Thread.sleep(20);
        }
        boolean killed = command.isAlive();
        command.descendants()
                .filter(it -> says(it, "vmlab.cli.Main") && says(it, arguments[0]))
                .forEach(ProcessHandle::destroyForcibly);
        int exit = command.waitFor();
        if (exit == 0) {
            return false;
        }
        assertThat(killed).as(Files.readString(noise)).isTrue();
        return true;
    }

    /** Kills what this home's host runs of that name. */
    private void kill(String what, String word) throws IOException {
        long host = Long.parseLong(Files.readString(home.resolve("host/pid")).split(" ")[0]);
        List<ProcessHandle> found = ProcessHandle.of(host).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> says(process, word))
                .toList();
        assertThat(found).as(what).isNotEmpty();
        found.forEach(ProcessHandle::destroyForcibly);
        found.forEach(process -> process.onExit().join());
    }

    private static boolean says(ProcessHandle process, String word) {
        try {
            return Stream.of(Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"))
                            .split("\0"))
                    .anyMatch(argument -> argument.endsWith(word) || argument.contains("/" + word));
        } catch (IOException gone) {
            return false;
        }
    }
}
