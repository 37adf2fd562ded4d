package vmlab.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;

class ConformanceTestsTest {

    @TempDir
    private Path folder;

    @Test
    void onlyOneRunAtATimeIsOnALab() throws Exception {
        LabFolder lab = new LabFolder(folder);
        try (var first = ConformanceTests.alone(lab)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> ConformanceTests.alone(lab))
                    .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.next())
                            .contains("a fork of the lab"));
        }
        ConformanceTests.alone(lab).close();
        assertThat(folder).isEmptyDirectory();
    }
}
