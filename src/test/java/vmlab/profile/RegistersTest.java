package vmlab.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import vmlab.profile.CpuState.Halted;
import vmlab.profile.CpuState.Kernel;
import vmlab.profile.CpuState.User;

/** On an answer of QEMU 10.0's, and on more of its kind. */
class RegistersTest {

    private static String cpu(int number, String state) {
        return """

                CPU#%d
                RAX=0000000000000000 RBX=ffff8a4c01231000 RCX=0000000000000001 RDX=00000000fee00300
                R8 =0000000000000000 R9 =0000000000000000 R10=0000000000000000 R11=0000000000000246
                %s
                ES =0000 0000000000000000 ffffffff 00c00000
                CS =0010 0000000000000000 ffffffff 00af9b00 DPL=0 CS64 [-RA]
                CR0=80050033 CR2=00007f5f2c001000 CR3=0000000102f0e000 CR4=000006f0
                XMM00=0000000000000000 0000000000000000 XMM01=0000000000000000 0000000000000000
                """.formatted(number, state);
    }

    @Test
    void aNodesAnswerIsRead() throws IOException {
        try (InputStream answer = RegistersTest.class.getResourceAsStream("registers.txt")) {
            assertThat(Registers.parse(new String(answer.readAllBytes(), StandardCharsets.US_ASCII)))
                    .containsExactly(new User(0), new Halted(1));
        }
    }

    @Test
    void eachProcessorIsHaltedInUserModeOrInTheKernelWithItsAddress() {
        String answer = cpu(0, "RIP=ffffffff81e2a1cf RFL=00000246 [---Z-P-] CPL=0 II=0 A20=1 SMM=0 HLT=1")
                + cpu(1, "RIP=ffffffff8106ab12 RFL=00000086 [--S--P-] CPL=0 II=0 A20=1 SMM=0 HLT=0")
                + cpu(2, "RIP=00007f5f2c0a1b2c RFL=00000202 [-------] CPL=3 II=0 A20=1 SMM=0 HLT=0")
                + cpu(10, "RIP=ffffffffc0401010 RFL=00000202 [-------] CPL=0 II=0 A20=1 SMM=0 HLT=0");
        assertThat(Registers.parse(answer))
                .containsExactly(
                        new Halted(0),
                        new Kernel(1, 0xffffffff8106ab12L),
                        new User(2),
                        new Kernel(10, 0xffffffffc0401010L));
    }

    @Test
    void firmwareIn32BitModeIsNoUser() {
        assertThat(Registers.parse(cpu(0, "EIP=000e7d4c EFL=00000002 [-------] CPL=0 II=0 A20=1 SMM=0 HLT=0")))
                .containsExactly(new Kernel(0, 0xe7d4c));
    }

    @Test
    void linesEndAsTheMonitorEndsThem() {
        String answer = cpu(0, "RIP=ffffffff8106ab12 RFL=00000086 [--S--P-] CPL=0 II=0 A20=1 SMM=0 HLT=0")
                + cpu(1, "RIP=00007f5f2c0a1b2c RFL=00000202 [-------] CPL=3 II=0 A20=1 SMM=0 HLT=0");
        assertThat(Registers.parse(answer.replace("\n", "\r\n")))
                .containsExactly(new Kernel(0, 0xffffffff8106ab12L), new User(1));
    }

    @Test
    void aProcessorWhoseStateIsMissingIsLeftOut() {
        String answer = cpu(0, "") + cpu(1, "RIP=00007f5f2c0a1b2c RFL=00000202 [-------] CPL=3 II=0 A20=1 SMM=0 HLT=0");
        assertThat(Registers.parse(answer)).containsExactly(new User(1));
    }

    @Test
    void anotherAnswerHasNoProcessor() {
        assertThat(Registers.parse("unknown command: 'info registers'\r\n")).isEmpty();
        assertThat(Registers.parse("")).isEmpty();
    }
}
