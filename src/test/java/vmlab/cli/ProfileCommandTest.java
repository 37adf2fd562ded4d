package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileCommandTest {

    private final StringWriter said = new StringWriter();

    private int run(String... arguments) {
        return ProfileCommand.commandLine().setErr(new PrintWriter(said)).execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "601", "99999999999", "long"})
    void aTimeThatIsNoneIsRefusedBeforeAnythingIsAsked(String seconds) {
        assertThat(run("-s", seconds, "single")).isEqualTo(2);
        assertThat(said.toString()).contains("-s").contains("Usage: scripts/bench --profile");
    }

    @Test
    void whatIsNeitherALabNorAFileIsRefused() {
        assertThat(run("No Lab")).isEqualTo(2);
    }
}
