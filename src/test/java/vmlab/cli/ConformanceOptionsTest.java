package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is built or asked. */
class ConformanceOptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--mode quick                                | are for --suite conformance",
                "--suite smoke --shard 1/2                   | are for --suite conformance",
                "--suite conformance --resume --rerun-failed | exclude each other",
                "--suite conformance --resume --focus x      | the run before has chosen its specs",
                "--suite conformance --shard 3/2             | '3/2' is no part of a whole",
                "--suite conformance --focus [               | '[' is no regular expression: Unclosed character class",
                "--suite conformance --mode slow             | Invalid value for option '--mode'"
            })
    void theseAreUsedWrongly(String options, String why) {
        StringWriter said = new StringWriter();

        int exit = Main.commandLine()
                .setErr(new PrintWriter(said, true))
                .execute(("test nosuch " + options.strip()).split(" "));

        assertThat(said.toString()).contains(why.strip());
        assertThat(exit).isEqualTo(2);
    }
}
