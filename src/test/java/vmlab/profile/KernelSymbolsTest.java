package vmlab.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelSymbolsTest {

    /** Not in order, for modules and BPF programs come behind the kernel, wherever they are. */
    private static final KernelSymbols SYMBOLS = KernelSymbols.parse("""
            0000000000000000 A fixed_percpu_data
            000000000001c000 D cpu_info
            ffffffff81000000 T _text
            ffffffff81000000 t startup_64
            ffffffff8106ab00 t read_hpet
            ffffffff8106ab40 W native_apic_mem_eoi
            ffffffff82a00000 D _sdata
            ffffffff82a00000 D init_task
            ffffffffc0403000 t nft_trace [nf_tables]
            ffffffffc0401000 t nft_do_chain\t[nf_tables]
            ffffffffc0200000 t bpf_prog_6deef7357e7b4530 [bpf]
            """);

    @Test
    void anAddressIsInTheFunctionThatBeginsAtItOrBelow() {
        assertThat(SYMBOLS.function(0xffffffff8106ab00L)).contains("read_hpet");
        assertThat(SYMBOLS.function(0xffffffff8106ab3fL)).contains("read_hpet");
        assertThat(SYMBOLS.function(0xffffffff8106ab40L)).contains("native_apic_mem_eoi");
    }

    @Test
    void aModulesFunctionIsNamedWithTheModule() {
        assertThat(SYMBOLS.function(0xffffffffc0401010L)).contains("nft_do_chain [nf_tables]");
        assertThat(SYMBOLS.function(0xffffffffc0403010L)).contains("nft_trace [nf_tables]");
        assertThat(SYMBOLS.function(0xffffffffc0200010L)).contains("bpf_prog_6deef7357e7b4530 [bpf]");
    }

    @Test
    void ofSeveralNamesForOneAddressTheFirstIsTaken() {
        assertThat(SYMBOLS.function(0xffffffff81000004L)).contains("_text");
    }

    @Test
    void dataIsNoFunction() {
        assertThat(SYMBOLS.function(0xffffffff82a00010L)).isEmpty();
    }

    @Test
    void gapsAndWhatIsBelowTheKernelAreNoFunction() {
        assertThat(SYMBOLS.function(0xffffffff80ffffffL)).as("below all").isEmpty();
        assertThat(SYMBOLS.function(0xffffffff8206ab40L))
                .as("far behind the last")
                .isEmpty();
        assertThat(SYMBOLS.function(0xffffffffc0900000L))
                .as("behind the modules")
                .isEmpty();
        assertThat(SYMBOLS.function(0xe7d4cL)).as("firmware").isEmpty();
        assertThat(SYMBOLS.function(0x00007f5f2c0a1b2cL)).as("a process's").isEmpty();
    }

    @Test
    void hiddenAddressesAreNone() {
        assertThat(SYMBOLS.isEmpty()).isFalse();
        assertThat(KernelSymbols.parse("0000000000000000 T _text\n0000000000000000 t read_hpet\n")
                        .isEmpty())
                .isTrue();
    }
}
