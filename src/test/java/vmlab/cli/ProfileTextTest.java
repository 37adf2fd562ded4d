package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vmlab.profile.CpuState;
import vmlab.profile.CpuTime;
import vmlab.profile.GuestUse;
import vmlab.profile.HostUse;
import vmlab.profile.KernelSymbols;
import vmlab.profile.ProcessUse;
import vmlab.profile.Profile;
import vmlab.profile.Samples;

class ProfileTextTest {

    private static final String SYMBOLS = """
            ffffffff8106ab00 t read_hpet
            ffffffff8106ab40 t native_apic_mem_write
            """;

    private static final List<CpuState> STATES = List.of(
            new CpuState.Kernel(0, 0xffffffff8106ab01L),
            new CpuState.Kernel(0, 0xffffffff8106ab01L),
            new CpuState.Kernel(0, 0xffffffff8106ab41L),
            new CpuState.User(0),
            new CpuState.Halted(1),
            new CpuState.Halted(1),
            new CpuState.User(1),
            new CpuState.Kernel(1, 0x1000));

    private static String text(List<CpuState> states, String symbols) {
        CpuTime time = new CpuTime(Duration.ofSeconds(4), Duration.ofSeconds(1));
        return ProfileText.of(new Profile(
                "cp",
                new HostUse(Duration.ofSeconds(20), Duration.ofMillis(19_200), Duration.ofSeconds(25), 2),
                new Samples(states),
                KernelSymbols.parse(symbols),
                new GuestUse(Duration.ofSeconds(20), time, List.of(new ProcessUse("kubelet", 1, time)))));
    }

    @Test
    void sharesAreOfTheProcessorOfTheKernelAndOfTheTime() {
        assertThat(text(STATES, SYMBOLS))
                .startsWith(
                        "QEMU used 0.96 of a processor over 20.0 s for node cp; all else on this machine 0.29 of its 2\n")
                .containsSubsequence("PROCESSOR  KERNEL", "0           75.0 %   25.0 %    0.0 %  4")
                .contains("1           25.0 %   25.0 %   50.0 %  4")
                .contains("all         50.0 %   25.0 %   25.0 %  8")
                .contains("read_hpet               50.0 %     25.0 %  2")
                .contains("native_apic_mem_write   25.0 %     12.5 %  1")
                .contains("unknown                 25.0 %     12.5 %  1")
                .containsPattern("kubelet +25\\.0 % +20\\.0 % +5\\.0 % +1\n")
                .contains("Samples are biased: QEMU");
    }

    @Test
    void functionsBeyondTheFirstAreOneRow() {
        List<Integer> numbers = IntStream.range(0, 40).boxed().toList();
        String symbols = String.join(
                "\n",
                numbers.stream()
                        .map(i -> "%x t f%d".formatted(0xffffffff81000000L + 16 * i, i))
                        .toList());
        Stream<CpuState> once = numbers.stream().map(i -> new CpuState.Kernel(0, 0xffffffff81000000L + 16 * i));
        assertThat(text(once.toList(), symbols)).containsPattern("\\(15 others\\) +37\\.5 % +37\\.5 % +15\n");
    }

    @Test
    void hiddenSymbolsAreSaid() {
        assertThat(text(STATES, "0000000000000000 t read_hpet"))
                .contains("kptr_restrict")
                .doesNotContain("read_hpet")
                .contains("kubelet");
    }
}
