package vmlab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.engine.Requirement;
import vmlab.machine.Calibration;
import vmlab.machine.EmulationSpeed;
import vmlab.machine.KvmProbe;

class DoctorTest {

    @TempDir
    private Path cache;

    @Test
    void doctorSaysWhichLibvirtLabsGetAndWhy() throws InterruptedException {
        List<Requirement> findings = Doctor.examine(
                new Doctor.Place(Optional.empty(), "no libvirt runs here", false),
                Optional.empty(),
                cache,
                Calibration.of(EmulationSpeed.unknown("not asked for")));

        assertThat(findings)
                .extracting(Requirement::evidence)
                .contains("labs get one of their own in the embedded host: no libvirt runs here");
    }

    @Test
    void aFirewallThatKeepsNodesFromTheBootServerIsToldWithItsCure() throws IOException, InterruptedException {
        assertThat(firewall("exit 252").look()).as("none runs").isEmpty();
        assertThat(new Firewall(cache.resolve("none")).look()).isEmpty();
        assertThat(firewall("true").look())
                .hasValueSatisfying(finding -> assertThat(finding.well()).isTrue());
        assertThat(firewall("[ $1 = --state ]").look()).hasValueSatisfying(finding -> {
            assertThat(finding.well()).isFalse();
            assertThat(finding.next()).contains("--zone=libvirt --add-port=8069-8079/tcp", "--reload");
        });
    }

    private Firewall firewall(String script) throws IOException {
        Path command = Files.writeString(cache.resolve("firewall-cmd"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        return new Firewall(command);
    }

    @Test
    void doctorSaysHowFastThisMachineEmulates() throws InterruptedException {
        List<Requirement> findings = Doctor.examine(
                new Doctor.Place(Optional.empty(), "none answers", false),
                Optional.empty(),
                cache,
                Calibration.of(EmulationSpeed.measured(EmulationSpeed.REFERENCE.multipliedBy(2))));

        assertThat(findings)
                .filteredOn(finding -> finding.subject().equals("emulation"))
                .extracting(Requirement::evidence)
                .containsExactlyElementsOf(
                        KvmProbe.run().usable()
                                ? List.of()
                                : List.of("this machine emulates at 0.5 × the reference; default timeouts are"
                                        + " multiplied by 2.0"));
    }
}
