package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmlab.boot.ImageUrl;
import vmlab.boot.KernelLine;
import vmlab.spec.Rootfs;

/** The kernel line asks an emulated kernel for the TSC as its clock. Where that is not to be had the kernel takes another, and boots. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KernelClockIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"max", "max,-tsc"})
    void aGuestComesUpWhetherItsProcessorHasATscOrNot(String processor) throws IOException, InterruptedException {
        LabCommand.Result image = new LabCommand(folder).run("image", "build", "images/debian-standin.yaml");
        Path built = Path.of(image.out().strip());
        ImageUrl nowhere = new ImageUrl("http://10.0.2.2:1", built);
        Path console = folder.resolve("console");
        Process guest = new ProcessBuilder(List.of(
                        "qemu-system-x86_64",
                        "-machine",
                        "q35,hpet=off,usb=off",
                        "-accel",
                        "tcg",
                        "-cpu",
                        processor,
                        "-m",
                        "512",
                        "-nodefaults",
                        "-display",
                        "none",
                        "-serial",
                        "file:" + console,
                        "-kernel",
                        built.resolve("vmlinuz").toString(),
                        "-initrd",
                        built.resolve("initrd").toString(),
                        "-append",
                        KernelLine.of(nowhere, "", Rootfs.RAM, true)))
                .inheritIO()
                .start();
        try {
            // There is no network card: that is as far as this guest gets.
            while (guest.isAlive() && !said(console).contains("lab: failed: no network card")) {
                Thread.sleep(200);
            }
            assertThat(said(console)).contains("lab: initrd", "lab: failed: no network card");
        } finally {
            guest.destroyForcibly().waitFor();
        }
    }

    private static String said(Path console) throws IOException {
        return Files.exists(console) ? Files.readString(console) : "";
    }
}
