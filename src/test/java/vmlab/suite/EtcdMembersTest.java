package vmlab.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.ssh.CommandResult;

class EtcdMembersTest {

    private static final String TWO =
            "{\"members\":{\"cp1\":\"https://10.77.0.11:2380\",\"cp2\":\"https://10.77.0.12:2380\"}}\n";

    @Test
    void allMembersAreWhatIsWaitedFor() {
        assertThat(EtcdMembers.look(said(0, TWO, ""), List.of("cp1", "cp2")))
                .isEqualTo(new Ready<>("etcd has cp1, cp2"));
    }

    @Test
    void whoIsMissingOrWhatFailedIsSaid() {
        assertThat(EtcdMembers.look(said(0, TWO, ""), List.of("cp1", "cp2", "cp3")))
                .isEqualTo(new NotYet<>("etcd has only cp1, cp2"));
        assertThat(EtcdMembers.look(said(1, "", "Error: no leader\n"), List.of("cp1")))
                .isInstanceOfSatisfying(
                        NotYet.class, notYet -> assertThat(notYet.why()).contains("no leader"));
        assertThat(EtcdMembers.look(said(0, "not JSON", ""), List.of("cp1"))).isInstanceOf(NotYet.class);
    }

    private static CommandResult said(int exit, String output, String errors) {
        return new CommandResult(exit, output.getBytes(UTF_8), errors.getBytes(UTF_8));
    }
}
