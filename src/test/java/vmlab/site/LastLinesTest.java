package vmlab.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastLinesTest {

    @TempDir
    Path folder;

    @Test
    void qemuIsHeardAndItsCommandLineIsNot() throws IOException {
        Path log = Files.write(
                folder.resolve("lab-single-cp.log"),
                List.of(
                        "2026-11-23 06:55:29.903+0000: starting up libvirt version: 11.3.0",
                        "LC_ALL=C \\",
                        "/usr/bin/qemu-system-x86_64 \\",
                        "-name guest=lab-single-cp,debug-threads=on \\",
                        "-msg timestamp=on",
                        "2026-11-23T06:55:30.2Z qemu-system-x86_64: cannot set up guest memory 'pc.ram'"));

        assertThat(LastLines.ofQemu(log).lines()).hasSize(2).last().asString().contains("cannot set up guest memory");
    }
}
