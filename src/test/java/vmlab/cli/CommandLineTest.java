package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user sees of bad input: exit status 2 and every problem with its cure. */
@Isolated("it looks at System.err")
class CommandLineTest {

    @TempDir
    Path folder;

    private record Shown(int exit, String err) {}

    private static Shown lab(String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringWriter usage = new StringWriter();
        try {
            System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            int exit = Main.commandLine().setErr(new PrintWriter(usage, true)).execute(arguments);
            return new Shown(exit, bytes.toString(StandardCharsets.UTF_8) + usage);
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void aFileThatIsMissing() {
        assertThat(lab("up", folder.resolve("none.yaml").toString()))
                .satisfies(shown -> assertThat(shown.exit()).isEqualTo(2))
                .satisfies(shown -> assertThat(shown.err()).contains("none.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"14", "1y", "-1d", "9999999999999d"})
    void anAgeThatIsNone(String age) {
        Shown shown = lab("gc", "--older-than=" + age);

        assertThat(shown.exit()).isEqualTo(2);
        assertThat(shown.err()).contains("write it like 12h or 14d");
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(CommandLineTest::all));
    }

    @Test
    void everyCommandSaysWhatItTakes() {
        List<String> names = all(Main.commandLine())
                .map(command -> command.getCommandSpec().qualifiedName())
                .toList();
        assertThat(names).contains("lab up", "lab image build", "lab snapshot create");
        for (String name : names) {
            for (String option : List.of("-h", "--help")) {
                StringWriter said = new StringWriter();
                String[] arguments =
                        (name + " " + option).substring("lab ".length()).split(" ");

                PrintStream before = System.err;
                ByteArrayOutputStream warned = new ByteArrayOutputStream();
                System.setErr(new PrintStream(warned, true, StandardCharsets.UTF_8));
                int exit;
                try {
                    exit = Main.commandLine()
                            .setOut(new PrintWriter(said, true))
                            .execute(arguments);
                } finally {
                    System.setErr(before);
                }

                assertThat(exit).as(name).isZero();
                assertThat(warned.toString(StandardCharsets.UTF_8)).as(name).isEmpty();
                assertThat(said.toString()).startsWith("Usage: " + name).contains("--help");
            }
        }
    }

    @Test
    void helpOfACommandIsTheSame() {
        StringWriter said = new StringWriter();
        assertThat(Main.commandLine().setOut(new PrintWriter(said, true)).execute("help", "image", "build"))
                .isZero();
        assertThat(said.toString()).startsWith("Usage: lab image build");
        assertThat(lab("help", "image", "bild"))
                .satisfies(shown -> assertThat(shown.exit()).isEqualTo(2))
                .satisfies(shown -> assertThat(shown.err()).contains("there is no command image bild"));
    }

    @Test
    void everyProblemOfAFileAtOnce() throws IOException {
        Path file = folder.resolve("cluster.yaml");
        Files.writeString(file, """
                apiVersion: lab/v1
                name: Demo
                image: none.yaml
                nodes:
                  - name: cp
                    memroy: 3GiB
                """);

        Shown shown = lab("up", file.toString());

        assertThat(shown.exit()).isEqualTo(2);
        assertThat(shown.err()).contains("cluster.yaml:2", "cluster.yaml:3", "cluster.yaml:6", "memory");
    }

    @Test
    void aFileThatIsNotUtf8IsToldWithItsLine() throws IOException {
        Path file = folder.resolve("cluster.yaml");
        Files.writeString(file, "name: demo\n# für uns\n", StandardCharsets.ISO_8859_1);

        for (String command : List.of("up", "plan")) {
            Shown shown = lab(command, file.toString());

            assertThat(shown.exit()).isEqualTo(2);
            assertThat(shown.err()).contains("cluster.yaml:2:4: byte 0xFC is not UTF-8; save the file as UTF-8");
        }
    }

    @Test
    void anUnknownCommandNamesTheNearest() {
        assertThat(lab("upp")).satisfies(shown -> {
            assertThat(shown.exit()).isEqualTo(2);
            assertThat(shown.err()).contains("lab up");
        });
    }

    @Test
    void everyCommandSaysWhatItIsFor() {
        assertThat(Main.commandLine().getSubcommands().values()).allSatisfy(command -> assertThat(
                        command.getCommandSpec().usageMessage().description())
                .as(command.getCommandName())
                .isNotEmpty());
    }

    @Test
    void anArgumentThatBeginsWithAnAtSignIsOne() throws IOException {
        Path file = Files.writeString(folder.resolve("words"), "--help");

        Shown shown = lab("plan", "@" + file);

        assertThat(shown.exit()).isEqualTo(2);
        assertThat(shown.err()).contains("@" + file);
    }

    @Test
    void aPortThatIsForwardedTwice() {
        assertThat(lab("forward", "demo", "18080:cp:80", "18081:cp:80", "18080:cp:81"))
                .satisfies(shown -> assertThat(shown.exit()).isEqualTo(2))
                .satisfies(shown -> assertThat(shown.err()).contains("port 18080 is asked for twice"));
    }

    @Test
    void aNameThatCanBeNoLab() {
        assertThat(lab("down", "Not a lab").exit()).isEqualTo(2);
    }
}
