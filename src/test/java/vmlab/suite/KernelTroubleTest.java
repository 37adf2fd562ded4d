package vmlab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines of a kernel are trouble. */
class KernelTroubleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Oops: Oops: 0000 [#1] PREEMPT SMP NOPTI",
                "BUG: kernel NULL pointer dereference, address: 0000000000000000",
                "kernel BUG at fs/ext4/inode.c:2721!",
                "WARNING: CPU: 1 PID: 77 at net/core/dev.c:3276 skb_warn_bad_offload+0xb4/0xc0",
                "Out of memory: Killed process 812 (k0s) total-vm:1000kB, anon-rss:900kB",
                "Memory cgroup out of memory: Killed process 99 (stress) total-vm:1000kB",
                "k0s[812]: segfault at 10 ip 00007f1 sp 00007f2 error 4 in k0s[400000+1000]",
                "traps: k0s[812] general protection fault ip:7f sp:7f error:0 in k0s[400000+1000]",
                "INFO: task jbd2/vda-8:91 blocked for more than 120 seconds.",
                "EXT4-fs error (device vda): ext4_lookup:1855: inode #2: comm ls: deleted inode referenced: 11",
                "I/O error, dev vda, sector 2048 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2",
                "SQUASHFS error: Unable to read page, block 5a3b, size 1000",
                "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100",
            })
    void troubleIsFoundOnEveryKindOfMachine(String line) {
        for (boolean isEmulated : new boolean[] {true, false}) {
            assertThat(KernelTrouble.in(List.of("cp login: ", line, line), isEmulated))
                    .singleElement()
                    .satisfies(trouble -> {
                        assertThat(trouble.line()).isEqualTo(line);
                        assertThat(trouble.known()).isEmpty();
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [swapper/0:1]",
                "rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:",
            })
    void whatABusyMachineDoesToEmulatedProcessorsIsKnownAndOnOthersIsTrouble(String line) {
        assertThat(KernelTrouble.in(List.of(line), true)).singleElement().satisfies(trouble -> assertThat(
                        trouble.known().map(Object::toString).orElse(""))
                .contains("stands still", "known since 2026-"));
        assertThat(KernelTrouble.in(List.of(line), false))
                .singleElement()
                .satisfies(trouble -> assertThat(trouble.known()).isEmpty());
    }

    @Test
    void whatAKernelUsuallySaysIsNone() {
        assertThat(KernelTrouble.in(
                        List.of(
                                "EXT4-fs (vda): recovery complete",
                                "EXT4-fs (vda): mounted filesystem with ordered data mode. Opts: errors=remount-ro",
                                "Warning: unable to open an initial console.",
                                "oom_adj is deprecated",
                                "Debian GNU/Linux 13 cp ttyS0"),
                        true))
                .isEmpty();
    }
}
