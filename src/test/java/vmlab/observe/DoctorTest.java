package vmlab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.machine.Calibration;
import vmlab.machine.EmulationSpeed;
import vmlab.machine.KvmProbe;

class DoctorTest {

    @TempDir
    private Path cache;

    @Test
    void doctorSaysHowFastThisMachineEmulates() throws InterruptedException {
        List<Doctor.Finding> findings = Doctor.examine(
                Optional.empty(),
                Optional.empty(),
                cache,
                Calibration.of(EmulationSpeed.measured(EmulationSpeed.REFERENCE.multipliedBy(2))));

        assertThat(findings)
                .filteredOn(finding -> finding.subject().equals("emulation"))
                .extracting(Doctor.Finding::evidence)
                .containsExactlyElementsOf(
                        KvmProbe.run().usable()
                                ? List.of()
                                : List.of("this machine emulates at 0.5 × the reference; default timeouts are"
                                        + " multiplied by 2.0"));
    }
}
