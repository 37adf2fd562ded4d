package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void aFileIsReplacedAndHasTheReadersThatItShouldHave() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, List.of("one", "two"));
        assertThat(file).hasContent("one\ntwo\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        AtomicFile.keep(file, "secret".getBytes(StandardCharsets.UTF_8), AtomicFile.Readers.OWNER);
        assertThat(file).hasContent("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatCannotBeReplacedIsAsItWasAndNothingLiesBesideIt() throws IOException {
        Path full = Files.createDirectories(folder.resolve("full/of/things")).getParent();
        assertThatThrownBy(() -> AtomicFile.write(full, "text")).isInstanceOf(IOException.class);
        assertThat(full.resolve("things")).isDirectory();
        assertThat(full.getParent()).isDirectoryNotContaining("glob:**.part");
    }
}
