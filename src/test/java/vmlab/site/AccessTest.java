package vmlab.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import vmlab.plan.LabFolder;
import vmlab.run.Environment;
import vmlab.run.Program;

class AccessTest {

    @Test
    void sshTakesNamesWithBlanksQuotesAndPercentSignsAndNothingOfTheUsersConfiguration() throws Exception {
        Path home = Path.of("/tmp/my \"lab\" 100%h");
        Access access = new Access(
                "d",
                "cp",
                "10.77.0.11",
                new java.net.InetSocketAddress("127.0.0.1", 40022),
                LabFolder.of(home, "demo"),
                List.of());
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
