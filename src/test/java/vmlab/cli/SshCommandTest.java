package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static SshCommand.Meaning meaning(String... arguments) {
        var parsed = Main.commandLine().parseArgs(arguments).subcommand();
        return ((SshCommand) parsed.commandSpec().userObject()).meaning(Set.of("cp", "w1")::contains);
    }

    private static SshCommand.Meaning on(String node, String... command) {
        return new SshCommand.Meaning(Optional.of(node), List.of(command));
    }

    private static SshCommand.Meaning onTheFirst(String... command) {
        return new SshCommand.Meaning(Optional.empty(), List.of(command));
    }

    @Test
    void aNodeMayStandBehindItsLab() {
        assertThat(meaning("ssh", "demo", "w1")).isEqualTo(on("w1"));
        assertThat(meaning("ssh", "demo", "w1", "uptime")).isEqualTo(on("w1", "uptime"));
        assertThat(meaning("ssh", "demo", "w1", "--", "ls", "--", "-l")).isEqualTo(on("w1", "ls", "--", "-l"));
        assertThat(meaning("ssh", "demo", "w1", "--")).isEqualTo(on("w1"));
        assertThat(meaning("ssh", "-t", "demo", "w1", "-t", "--", "cp", "a", "b"))
                .isEqualTo(on("w1", "cp", "a", "b"));
    }

    @Test
    void whatStandsThereAloneIsANodeAlsoWhereNoneIsCalledSo() {
        assertThat(meaning("ssh", "demo", "w2", "--", "uptime")).isEqualTo(on("w2", "uptime"));
    }

    @Test
    void aCommandThatIsCalledLikeANodeStandsBehindDashesOrANamedNode() {
        assertThat(meaning("ssh", "demo", "--", "cp", "a", "b")).isEqualTo(onTheFirst("cp", "a", "b"));
        assertThat(meaning("ssh", "demo", "--node", "w1", "cp", "a")).isEqualTo(onTheFirst("cp", "a"));
        assertThat(meaning("ssh", "--", "demo", "cp", "a")).isEqualTo(onTheFirst("cp", "a"));
    }

    @Test
    void otherWordsAreACommandAsEver() {
        assertThat(meaning("ssh", "demo")).isEqualTo(onTheFirst());
        assertThat(meaning("ssh", "demo", "uptime")).isEqualTo(onTheFirst("uptime"));
        assertThat(meaning("ssh", "demo", "cat", "/etc/hostname")).isEqualTo(onTheFirst("cat", "/etc/hostname"));
    }
}
