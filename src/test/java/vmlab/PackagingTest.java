package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import vmlab.site.Version;

/** What is written down in several places is the same there. */
class PackagingTest {

    @Test
    void packagesHaveTheVersionOfTheProgram() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + Version.TEXT + "</version>\n  <name>lab<");
        assertThat(Files.readString(Path.of("packaging/lab.spec")))
                .containsPattern("\nVersion: +" + Version.TEXT + "\n");
        assertThat(Files.readString(Path.of("packaging/PKGBUILD"))).contains("\npkgver=" + Version.TEXT + "\n");
    }
}
