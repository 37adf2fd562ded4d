package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What of the command line is built for which arguments. */
class NeededCommandsTest {

    private static List<String> commands(String arguments) {
        return Stream.of(Main.commandLine(arguments.split(" ")))
                .flatMap(lab -> lab.getSubcommands().values().stream())
                .map(CommandLine::getCommandName)
                .distinct()
                .toList();
    }

    @Test
    void aCommandByItsNameIsBuiltAlone() {
        for (String name : CommandGroups.names()) {
            if (!name.equals("help")) {
                assertThat(commands(name + " -h")).containsExactly(name);
            }
        }
        assertThat(commands("--connect embedded list")).containsExactly("list");
        assertThat(commands("--connect=embedded image list")).containsExactly("image");
        assertThat(commands("--version")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--help",
                "help up",
                "ls",
                "upp",
                "--connect",
                "--connect up",
                "--connect x --help",
                "--bogus up"
            })
    void whatMayNeedAllGetsAll(String arguments) {
        assertThat(commands(arguments)).containsAll(CommandGroups.names());
    }

    @Test
    void aCommandTakesTheSameOptionsEitherWay() {
        assertThat(Main.commandLine("up").getSubcommands().get("up").getUsageMessage())
                .isEqualTo(Main.commandLine().getSubcommands().get("up").getUsageMessage())
                .contains("--connect");
    }
}
