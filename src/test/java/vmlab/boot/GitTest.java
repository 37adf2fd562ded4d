package vmlab.boot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;

class GitTest {

    @Test
    @Timeout(60)
    void aGitThatNeverEndsIsGivenUp(@TempDir Path folder) {
        Git git = new Git(folder, Map.of(), Duration.ofMillis(500));

        assertThatThrownBy(() -> git.run("-c", "alias.hang=!sleep 600", "hang"))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("git did not end within 500 ms");
    }
}
