package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SshCommandTest {

    private static final List<String> SSH = List.of("ssh", "-i", "key", "root@10.77.0.11");

    @Test
    void aShellIsSshAlone() {
        assertThat(SshCommand.words(SSH, 0, List.of())).isEqualTo(SSH);
    }

    @Test
    void noWordOfTheCommandIsAnOptionOfSsh() {
        assertThat(SshCommand.words(SSH, 0, List.of("-v", "a b")))
                .containsExactly("ssh", "-i", "key", "root@10.77.0.11", "--", "-v", "a b");
    }

    @Test
    void aTerminalIsAskedForBeforeTheNodeIsNamed() {
        assertThat(SshCommand.words(SSH, 2, List.of("top")))
                .containsExactly("ssh", "-i", "key", "-t", "-t", "root@10.77.0.11", "--", "top");
    }
}
