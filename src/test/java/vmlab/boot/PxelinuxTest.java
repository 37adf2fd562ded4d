package vmlab.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;

/** What firmware that speaks no HTTP finds over TFTP. */
class PxelinuxTest {

    @TempDir
    Path folder;

    private Path image(String digest) throws IOException {
        Path image = Files.createDirectory(folder.resolve(digest));
        Files.writeString(image.resolve("vmlinuz"), "kernel of " + digest);
        Files.writeString(image.resolve("initrd"), "initrd of " + digest);
        Files.writeString(image.resolve("root.squashfs"), "root of " + digest);
        return image;
    }

    private Pxelinux pxelinux() throws IOException {
        Path loader = Files.writeString(folder.resolve("pxelinux.0"), "loader");
        Path core = Files.writeString(folder.resolve("ldlinux.c32"), "core");
        return Pxelinux.of(List.of(folder.resolve("elsewhere"), loader), List.of(core));
    }

    private BootConfig config(String boot, Path image) {
        return new BootConfig(
                "demo",
                "10.77.0.1",
                8069,
                List.of(new BootConfig.Client(
                        "cp",
                        "52:54:00:AA:bb:cc",
                        "10.77.0.11",
                        image.toString(),
                        boot,
                        "initrd=initrd root=live:http://10.77.0.1:8069/x quiet")),
                folder.resolve("events.jsonl").toString(),
                "",
                "10.77.0.11",
                List.of(),
                List.of(),
                false,
                false);
    }

    @Test
    void aNodeFindsItsPageAndAllThatThePageNames() throws IOException {
        Path root = folder.resolve("tftp");
        Path page = root.resolve("pxelinux.cfg/01-52-54-00-aa-bb-cc");
        pxelinux().serve(config("tftp", image("0123456789abcdef")), root);

        assertThat(root.resolve("pxelinux.0")).hasContent("loader");
        assertThat(root.resolve("ldlinux.c32")).hasContent("core");
        assertThat(page)
                .content()
                .contains(
                        "SAY lab: cp boots from tftp://10.77.0.1\n",
                        "KERNEL 0123456789ab/vmlinuz\n",
                        "APPEND initrd=0123456789ab/initrd root=live:http://10.77.0.1:8069/x quiet\n");
        assertThat(root.resolve("0123456789ab/vmlinuz")).hasContent("kernel of 0123456789abcdef");
        assertThat(root.resolve("0123456789ab/initrd")).hasContent("initrd of 0123456789abcdef");

        pxelinux().serve(config("tftp", image("fedcba9876543210")), root);
        assertThat(page).content().contains("fedcba987654/vmlinuz").doesNotContain("0123456789ab");
    }

    @Test
    void nodesThatSpeakHttpHaveNoPage() throws IOException {
        Path root = folder.resolve("tftp");
        pxelinux().serve(config("pxe", image("0123456789abcdef")), root);
        assertThat(root.resolve("pxelinux.cfg")).isEmptyDirectory();
    }

    @Test
    void aMachineWithoutALoaderIsToldWhichPackageHasIt() {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> Pxelinux.of(List.of(nowhere), List.of()))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(LabFailure.Kind.MACHINE);
                    assertThat(failure.why()).contains(nowhere.toString());
                    assertThat(failure.next()).contains("scripts/setup", "pxelinux on Debian", "syslinux on Arch");
                });
    }
}
