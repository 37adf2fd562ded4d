package vmlab.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.Accelerator;
import vmlab.run.LabFailure;
import vmlab.spec.Accel;

class KvmProbeTest {

    @Test
    void theVerdictCarriesItsEvidence() throws InterruptedException {
        assertThat(KvmProbe.run().evidence()).isNotBlank();
    }

    @TempDir
    Path folder;

    @Test
    void autoTakesKvmOnlyWhereAGuestEndedAsItShould() throws Exception {
        assertThat(auto("exit 33")).isEqualTo(Accelerator.KVM);
        assertThat(auto("exit 0")).isEqualTo(Accelerator.TCG);
        assertThat(auto("echo 'failed to initialize kvm'; exit 1")).isEqualTo(Accelerator.TCG);
        assertThat(KvmProbe.choose(Accel.AUTO, folder.resolve("none"), "true")).isEqualTo(Accelerator.TCG);
    }

    /** What auto is, where there is a device, and QEMU does this. */
    private Accelerator auto(String qemu) throws IOException, InterruptedException {
        Path device = Files.writeString(folder.resolve("kvm"), "");
        Path program = Files.writeString(folder.resolve("qemu"), "#!/bin/sh\n" + qemu + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return KvmProbe.choose(Accel.AUTO, device, program.toString());
    }

    @Test
    void kvmThatCannotBeUsedIsRefusedWithTheReason() throws InterruptedException {
        assumeFalse(KvmProbe.run().usable(), "KVM works here");

        assertThatThrownBy(() -> KvmProbe.choose(Accel.KVM)).isInstanceOfSatisfying(LabFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(LabFailure.Kind.MACHINE);
            assertThat(failure.next()).contains("accel: auto");
        });
    }
}
