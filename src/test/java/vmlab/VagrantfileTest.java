package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.machine.Needs;

/** Vagrantfile.example, as Vagrant and its plugin for libvirt read it. */
@Execution(ExecutionMode.CONCURRENT)
class VagrantfileTest {

    private static final Path PLUGIN = Path.of("/usr/share/rubygems-integration/all/specifications");

    @TempDir
    Path folder;

    @Test
    void vagrantFindsNothingWrongWithTheExample() throws Exception {
        Needs.programs("vagrant");
        Needs.installed(pluginIsThere(), "Vagrant's plugin for libvirt");
        Files.copy(Path.of("Vagrantfile.example"), folder.resolve("Vagrantfile"));
        Path said = folder.resolve("said");
        var vagrant = new ProcessBuilder("/usr/bin/vagrant", "validate", "--no-color")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        vagrant.environment().put("LAB_IMAGE", folder.toString());
        vagrant.environment().put("VAGRANT_HOME", folder.resolve("home").toString());
        vagrant.environment().put("VAGRANT_CHECKPOINT_DISABLE", "1");
        Process running = vagrant.start();
        assertThat(running.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(said).content().contains("Vagrantfile validated successfully");
        assertThat(running.exitValue()).isZero();
    }

    private static boolean pluginIsThere() throws IOException {
        if (!Files.isDirectory(PLUGIN)) {
            return false;
        }
        try (Stream<Path> gems = Files.list(PLUGIN)) {
            return gems.anyMatch(gem -> gem.getFileName().toString().startsWith("vagrant-libvirt-"));
        }
    }
}
