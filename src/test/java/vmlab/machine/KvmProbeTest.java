package vmlab.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import vmlab.plan.Accelerator;
import vmlab.run.LabFailure;
import vmlab.spec.Accel;

class KvmProbeTest {

    @Test
    void theVerdictCarriesItsEvidence() throws InterruptedException {
        assertThat(KvmProbe.run().evidence()).isNotBlank();
    }

    @Test
    void autoTakesWhatTheProbeSaw() throws InterruptedException {
        assertThat(KvmProbe.choose(Accel.AUTO)).isEqualTo(KvmProbe.run().usable() ? Accelerator.KVM : Accelerator.TCG);
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
