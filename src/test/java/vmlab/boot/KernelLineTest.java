package vmlab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import vmlab.spec.Rootfs;

/** What a node's kernel is told. */
class KernelLineTest {

    private static final String[] CLOCK = {"tsc=reliable", "clocksource=tsc", "nohz=off", "highres=off"};

    @Test
    void anEmulatedKernelReadsTheTimeFromTheProcessorAndTicksByItself() {
        assertThat(line(true).split(" ")).contains(CLOCK);
    }

    @Test
    void underKvmTheKernelChoosesItsOwnClock() {
        assertThat(line(false).split(" ")).doesNotContain(CLOCK);
    }

    @Test
    void theSerialPortStandsLastAmongTheConsolesAndIsTheOneThatIsLogged() {
        assertThat(line(true))
                .containsSubsequence("console=tty0", "console=ttyS0")
                .endsWith("lab.url=http://10.0.0.1:8069");
    }

    private static String line(boolean isEmulated) {
        var image = new ImageUrl("http://10.0.0.1:8069", Path.of("/images/abc"));
        return KernelLine.of(image, "feed", Rootfs.RAM, isEmulated);
    }
}
