package vmlab.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;
import vmlab.profile.CpuState.Halted;
import vmlab.profile.CpuState.Kernel;
import vmlab.profile.CpuState.User;
import vmlab.profile.Samples.Met;
import vmlab.profile.Samples.Modes;

class SamplesTest {

    private static final KernelSymbols SYMBOLS = KernelSymbols.parse("""
            ffffffff8106ab00 t read_hpet
            ffffffff8106ab40 t native_apic_mem_write
            """);

    private static final Samples SAMPLES = new Samples(List.of(
            new Kernel(0, 0xffffffff8106ab41L),
            new Halted(1),
            new Kernel(0, 0xffffffff8106ab10L),
            new User(1),
            new User(0),
            new Kernel(1, 0xffffffff8106ab20L),
            new Kernel(0, 0xe7d4c)));

    @Test
    void eachProcessorIsCountedByItself() {
        assertThat(SAMPLES.modesByCpu()).containsExactly(entry(0, new Modes(3, 1, 0)), entry(1, new Modes(1, 1, 1)));
        assertThat(SAMPLES.modes()).isEqualTo(new Modes(4, 2, 1));
    }

    @Test
    void functionsOfAllProcessorsAreCountedTheMostMetFirst() {
        assertThat(SAMPLES.functions(SYMBOLS))
                .containsExactly(new Met("read_hpet", 2), new Met("native_apic_mem_write", 1), new Met("unknown", 1));
    }

    @Test
    void noSamplesAreNothing() {
        assertThat(new Samples(List.of()).modes()).isEqualTo(new Modes(0, 0, 0));
        assertThat(new Samples(List.of()).functions(SYMBOLS)).isEmpty();
    }
}
