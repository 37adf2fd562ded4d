package vmlab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there for firmware to fetch over TFTP. */
class TftpFilesTest {

    @TempDir
    private Path folder;

    @Test
    void theFolderIsThereWithoutALoaderToo() {
        assertThat(served("uefi-pxe", Optional.empty()))
                .as("dnsmasq does not start without it")
                .isEmptyDirectory();
    }

    private Path served(String boot, Optional<UefiLoader> loader) {
        Path root = folder.resolve(boot);
        BootConfig.Client node =
                new BootConfig.Client("cp", "52:54:00:aa:bb:cc", "10.77.0.11", "/image", boot, "quiet");
        TftpFiles.serve(
                new BootConfig(
                        "demo",
                        "10.77.0.1",
                        8069,
                        List.of(node),
                        folder.resolve("events.jsonl").toString(),
                        "",
                        "10.77.0.11",
                        List.of(),
                        List.of(),
                        false,
                        false),
                root,
                loader);
        return root;
    }

    @Test
    void uefiFindsTheIpxeThatThisMachineHas() throws IOException {
        Path loader = Files.writeString(folder.resolve("snponly.efi"), "loader");

        assertThat(served("uefi-pxe", Optional.of(new UefiLoader(loader))).resolve("ipxe.efi"))
                .hasContent("loader");
        assertThat(served("pxe", Optional.of(new UefiLoader(loader))))
                .as("nobody asks")
                .doesNotExist();
    }
}
