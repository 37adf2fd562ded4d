package vmlab.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuestTimesTest {

    private static final String BEFORE = """
            100.50 150.20
            cpu  1000 10 2000 5000 7 30 40 0 0 0
            """
            + process(1, "init", 50, 60, 3)
            + process(300, "kube-apiserver", 500, 100, 900)
            + process(400, "containerd-shim", 10, 10, 1000)
            + process(401, "containerd-shim", 20, 20, 1001)
            + process(500, "short", 900, 900, 1100);

    private static final String AFTER = """
            120.50 160.20
            cpu  2000 10 2500 5100 7 60 110 0 0 0
            """
            + process(1, "init", 50, 60, 3)
            + process(300, "kube-apiserver", 900, 250, 900)
            + process(400, "containerd-shim", 11, 12, 1000)
            + process(401, "containerd-shim", 21, 22, 1001)
            + process(500, "other", 30, 40, 11000);

    /** A line of /proc/PID/stat as proc_pid_stat(5) has it. */
    private static String process(int id, String name, long user, long kernel, long started) {
        return "%d (%s) S 1 1 1 0 -1 4194560 99 88 77 66 %d %d 5 4 20 0 12 0 %d 1234567 890 18446744073709551615 1 1 0 0\n"
                .formatted(id, name, user, kernel, started);
    }

    private static GuestUse between(String before, String after) {
        return GuestTimes.parse(after).since(GuestTimes.parse(before));
    }

    private static CpuTime time(long userMillis, long kernelMillis) {
        return new CpuTime(Duration.ofMillis(userMillis), Duration.ofMillis(kernelMillis));
    }

    @Test
    void whatProcessesUsedMeanwhileIsAddedUpByName() {
        assertThat(between(BEFORE, AFTER).processes())
                .containsExactly(
                        new ProcessUse("kube-apiserver", 1, time(4000, 1500)),
                        new ProcessUse("other", 1, time(300, 400)),
                        new ProcessUse("containerd-shim", 2, time(20, 40)));
    }

    @Test
    void allOfTheNodeHasInterruptsInItAndTheWindowIsTheNodesOwn() {
        GuestUse use = between(BEFORE, AFTER);
        assertThat(use.window()).isEqualTo(Duration.ofSeconds(20));
        assertThat(use.all()).isEqualTo(time(10_000, 6_000));
    }

    @Test
    void aNameMayHaveSpacesAndParentheses() {
        String before = "1.00 1.00\ncpu  0 0 0 0 0 0 0 0 0 0\n";
        assertThat(between(before, before + process(7, "a) S (b c", 1, 2, 3)).processes())
                .containsExactly(new ProcessUse("a) S (b c", 1, time(10, 20)));
    }

    @Test
    void threadsOfTheKernelAreOneWhateverTheirProcessor() {
        String before = "1.00 1.00\ncpu  0 0 0 0 0 0 0 0 0 0\n";
        assertThat(between(
                                before,
                                before
                                        + process(7, "kworker/0:1-events", 0, 2, 3)
                                        + process(8, "kworker/u8:2", 0, 3, 3))
                        .processes())
                .containsExactly(new ProcessUse("kworker", 2, time(0, 50)));
    }

    @Test
    void aLineThatWasCutOffIsPassedOver() {
        String before = "1.00 1.00\ncpu  0 0 0 0 0 0 0 0 0 0\n";
        assertThat(between(before, before + process(7, "a", 1, 2, 3) + "8 (b").processes())
                .hasSize(1);
    }

    @Test
    void somethingElseIsRefused() {
        assertThatThrownBy(() -> GuestTimes.parse("cat: /proc/uptime: No such file"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No such file");
        assertThatThrownBy(() -> GuestTimes.parse("1.00 1.00\nintr 5 6 7\n")).hasMessageContaining("intr");
    }
}
