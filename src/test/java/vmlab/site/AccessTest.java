package vmlab.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import vmlab.plan.Accelerator;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Program;
import vmlab.spec.Bytes;

class AccessTest {

    @Test
    void aNodeThatIsOffIsRefusedAndOneThatRunsIsNot() {
        Inventory found = new Inventory(List.of(), List.of(machine("cp", true), machine("w1", false)));

        assertThatCode(() -> Access.requireOn("demo", found, "cp")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Access.requireOn("demo", found, "w1"))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.what()).isEqualTo("node w1 of lab demo is off");
                    assertThat(failure.next()).isEqualTo("lab start demo switches it on");
                });
    }

    private static Inventory.DomainFound machine(String node, boolean running) {
        return new Inventory.DomainFound(
                "lab-demo." + node,
                new Mark("demo", "id", "/home/me/labs", node, "", "1"),
                AppliedSpec.UNKNOWN,
                running,
                running ? "running" : "shutoff",
                Bytes.mib(1024),
                1,
                Accelerator.TCG);
    }

    @Test
    void sshTakesNamesWithBlanksQuotesAndPercentSignsAndNothingOfTheUsersConfiguration() throws Exception {
        Path home = Path.of("/tmp/my \"lab\" 100%h");
        Access access = new Access(
                "d",
                "cp",
                "10.77.0.11",
                new java.net.InetSocketAddress("127.0.0.1", 40022),
                LabFolder.of(home, "demo"));
        List<String> command = new java.util.ArrayList<>(access.sshCommand());
        assertThat(command).containsSubsequence("-F", "/dev/null");
        command.add(1, "-G");

        String understood = new Program(Environment.process(command), java.time.Duration.ofMinutes(1))
                .run()
                .text();

        assertThat(understood)
                .contains("hostname 127.0.0.1", "port 40022", "hostkeyalias 10.77.0.11")
                .containsPattern("userknownhostsfile \"?/tmp/my .*lab.* 100%+h/labs/demo/")
                .contains("identityagent none");
    }
}
