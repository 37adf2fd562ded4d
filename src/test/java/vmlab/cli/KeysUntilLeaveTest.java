package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysUntilLeaveTest {

    /** ^] is the key that leaves, ^C is none. */
    @ParameterizedTest
    @CsvSource({"ls, ls", "ls^]reboot, ls", "^]reboot, ''", "^C, ^C"})
    void theKeyThatLeavesAndWhatFollowsIsNotForTheMachine(String typed, String forTheMachine) throws IOException {
        InputStream keys = new KeysUntilLeave(new ByteArrayInputStream(keys(typed)));

        assertThat(keys.readAllBytes()).isEqualTo(keys(forTheMachine));
        assertThat(keys.read()).as("nor what is typed later").isEqualTo(-1);
    }

    private static byte[] keys(String text) {
        return text.replace("^]", "\u001d").replace("^C", "\u0003").getBytes(StandardCharsets.UTF_8);
    }
}
