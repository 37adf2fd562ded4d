package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What {@code --help} says holds. */
class HelpTest {

    private static List<CommandLine> shown() {
        return all(Main.commandLine())
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().distinct().flatMap(HelpTest::all));
    }

    @Test
    void everyCommandIsInAGroup() {
        CommandLine lab = Main.commandLine();

        assertThat(CommandGroups.names())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(lab.getSubcommands().entrySet().stream()
                        .filter(command -> !command.getValue()
                                .getCommandSpec()
                                .usageMessage()
                                .hidden())
                        .map(command -> command.getValue().getCommandName())
                        .distinct()
                        .toList());
        assertThat(lab.getUsageMessage(Ansi.OFF))
                .containsSubsequence("Bring up and down:", "up ", "Look inside:", "ssh ", "This machine:", "doctor ");
    }

    /** The error must be in sight. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --hlep                   | lab: unknown option '--hlep'                  | lab --help
            stauts                   | lab: unknown command 'stauts'                 | lab --help
            up --hepl                | lab: unknown option '--hepl'                  | lab up --help
            test demo --suite checks | 'checks' is no suite                          | lab test --help
            forward 8080:a/b:80 x    | no such file                                  | lab init
            forward                  | Missing required parameter: 'PORT:PLACE:PORT' | lab forward --help
            """)
    void aUsageErrorIsTwoOrThreeLines(String words, String error, String next) {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.commandLine().execute(words.split(" "))).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        String said = written.toString(StandardCharsets.UTF_8);
        assertThat(said).contains(error);
        assertThat(said.lines()).hasSizeLessThan(5);
        assertThat(said).containsAnyOf(next, "lab list");
    }

    @Test
    void aLineOfTheListFitsATerminal() {
        assertThat(shown().stream().map(HelpTest::does))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(110));
    }

    private static String does(CommandLine command) {
        return command.getCommandSpec().usageMessage().description()[0];
    }

    /** Each line of a footer that is a command of lab. */
    @Test
    void examplesAreCommandsThatThereAre() {
        List<String> examples = shown().stream()
                .flatMap(command ->
                        Stream.of(command.getCommandSpec().usageMessage().footer()))
                .map(line -> line.strip().formatted().replace("./checks", "./scripts"))
                .filter(line -> line.startsWith("lab "))
                .map(line -> line.split(" {2,}| [|>] ")[0])
                .filter(line -> line.matches("lab [a-z]+( .*)?"))
                .filter(line -> CommandGroups.names().contains(line.split(" ")[1]))
                .toList();

        assertThat(examples).hasSizeGreaterThan(40).allSatisfy(example -> {
            String[] words = example.substring("lab ".length()).split(" ");
            Main.commandLine().parseArgs(words);
        });
    }
}
