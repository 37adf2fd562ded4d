package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/host} keeps when it ends, however it ends. With its real libvirt, and a machine that executes nothing. */
class HostTest {

    private static final String DEFINE = """
            cat >network.xml <<'XML'
            <network>
              <name>demo</name>
              <bridge name='labbr-demo'/>
              <ip address='10.77.9.1' prefix='24'/>
              <options xmlns='http://libvirt.org/schemas/network/dnsmasq/1.0'><option value='user=root'/></options>
            </network>
            XML
            cat >machine.xml <<'XML'
            <domain type='qemu'>
              <name>demo-cp</name>
              <memory unit='MiB'>16</memory>
              <os><type arch='x86_64' machine='q35'>hvm</type></os>
            </domain>
            XML
            virsh -q "net-define network.xml; net-start demo; define machine.xml; start demo-cp --paused"
            echo "a node's memory" >/var/lib/libvirt/qemu/save/demo-cp.save
            """;

    private static final String LIST = "virsh -q 'list --all; net-list --all'; ls /var/lib/libvirt/qemu/save";

    private static final int NO_HOST = 69;

    @TempDir
    Path folder;

    private record Said(int exit, String text) {}

    @AfterEach
    void endWhatAFailedTestLeft() throws IOException, InterruptedException {
        host("home", "stop");
    }

    private Said host(String home, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("scripts/host").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder host =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        host.environment().put("LAB_HOME", folder.resolve(home).toString());
        Path said = Files.createTempFile("host", "");
        int exit = host.redirectOutput(said.toFile()).start().waitFor();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        Files.delete(said);
        return new Said(exit, text.replaceAll("[ \t]+", " "));
    }

    @Test
    void aHomeThatCannotBeMadeIsRefused() throws Exception {
        Files.writeString(folder.resolve("file"), "");

        Said said = host("file", "run", "--start", "--", "true");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.text()).contains("file/host can't be written");
    }

    @Test
    void whatRunsInsideRunsMoreThereAndBeginsNoOther() throws IOException, InterruptedException {
        String again = Path.of("scripts/host").toAbsolutePath().toString();
        Said made = host("home", "run", "--start", "--", "bash", "-ec", DEFINE);
        assumeThat(made.exit()).as("this machine can't: " + made.text()).isNotEqualTo(3);

        Said said = host("home", "run", "--", "bash", "-ec", """
                %1$s run --try -- virsh -q list
                LAB_HOME=$PWD/other %1$s run --start -- true || echo "another: $?"
                %1$s stop || echo "stop: $?"
                """.formatted(again));

        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text())
                .contains("demo-cp paused", "another: 3", "stop: 3")
                .contains("this runs inside the host of " + folder.resolve("home"));
        assertThat(folder.resolve("other")).doesNotExist();
    }

    private static void killTheProcessIn(Path file) throws IOException {
        ProcessHandle host = ProcessHandle.of(
                        Long.parseLong(Files.readString(file).split(" ")[0]))
                .orElseThrow();
        host.destroyForcibly();
        host.onExit().join();
    }

    @Test
    void whatIsDefinedOutlivesTheHostSwitchedOffUntilItIsUndefined() throws IOException, InterruptedException {
        Said defined = host("home", "run", "--start", "--", "sh", "-ec", DEFINE);
        assumeThat(defined.exit()).as(defined.text()).isNotEqualTo(3);
        assertThat(defined.exit()).as(defined.text()).isZero();
        assertThat(host("home", "status").text()).as("machines run").contains("demo-cp demo");

        killTheProcessIn(folder.resolve("home/host/pid"));
        assertThat(host("home", "status").exit()).isEqualTo(1);
        assertThat(host("other", "run", "--try", "--", "true").exit()).isEqualTo(NO_HOST);

        Said listed = host("home", "run", "--try", "--", "sh", "-ec", LIST);
        assertThat(listed.text()).contains("demo-cp shut off", "demo inactive", "demo-cp.save");
        assertThat(host("home", "status").exit()).as("nothing runs").isEqualTo(1);

        Said undefined = host(
                "home",
                "run",
                "--",
                "virsh",
                "-q",
                "undefine demo-cp --managed-save; net-start demo; net-destroy demo; net-undefine demo");
        assertThat(undefined.exit()).as(undefined.text()).isZero();
        assertThat(folder.resolve("home/host")).doesNotExist();
        assertThat(host("home", "run", "--try", "--", "true").exit()).isEqualTo(NO_HOST);
    }

    @Test
    void aProcessOfAnEarlierBootIsNotTakenForTheHost() throws IOException, InterruptedException {
        Path state = Files.createDirectories(folder.resolve("home/host"));
        String[] stat = Files.readString(Path.of("/proc/self/stat"))
                .replaceAll(".*\\) ", "")
                .split(" ");
        String process = ProcessHandle.current().pid() + " " + stat[19];
        for (String file : List.of("pid", "init")) {
            Files.writeString(state.resolve(file), process + " 00000000-before-this-boot\n");
        }

        assertThat(host("home", "status")).isEqualTo(new Said(1, "host: not running\n"));
    }
}
