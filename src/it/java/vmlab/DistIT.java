package vmlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts/dist packs is the same each time, and runs where there is no JDK. */
@Tag("long")
class DistIT {

    @TempDir
    private Path folder;

    static String said(Path at, String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("bash", "-ec", script, "bash"), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(at.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void whatIsPackedIsTheSameAndRunsWithoutAJdk() throws IOException, InterruptedException {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "only root can hide this machine's JDKs");
        Path here = Path.of("").toAbsolutePath();
        for (String each : List.of("one", "two")) {
            said(here, "scripts/dist \"$1\"", folder.resolve(each).toString());
        }
        said(folder, "for file in one/*; do cmp \"$file\" \"two/${file##*/}\"; done");
        said(folder, "mkdir tar deb home && tar -xf one/*.tar.gz -C tar && dpkg-deb -x one/*.deb deb");

        for (String lab : List.of("tar/lab-*/scripts/lab", "deb/usr/bin/lab")) {
            String script = """
                    [[ ! -e /usr/lib/jvm ]] || mount -t tmpfs none /usr/lib/jvm
                    lab=$(echo $PWD/%s)
                    run() { env -i PATH="$PWD/none:/usr/bin:/bin:/usr/sbin:/sbin" HOME="$PWD/home" "$lab" "$@"; }
                    run --version
                    run init "$PWD/home/${lab//\\//-}.yaml" --nodes 2
                    run plan "$PWD/home/${lab//\\//-}.yaml" --connect embedded || [ $? = 4 ]
                    """.formatted(lab);
            assertThat(said(folder, "exec unshare --mount --propagation private bash -ec \"$1\"", script))
                    .contains("lab 0.", "wrote ", "add controller+worker", "add worker");
        }
        assertThat(said(folder, "dpkg-deb --field one/*.deb Depends; ls deb/usr/share/bash-completion/completions"))
                .contains("qemu-system-x86", "lab");
    }
}
