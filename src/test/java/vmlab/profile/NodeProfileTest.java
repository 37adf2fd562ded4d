package vmlab.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vmlab.libvirt.TestDriver;
import vmlab.plan.Clusters;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.site.OnTestDriver;
import vmlab.spec.Cidr;

class NodeProfileTest extends OnTestDriver {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("profiled", 2), Cidr.parse("10.77.9.0/24"));

    private NodeProfile profile() {
        return new NodeProfile(site(), Duration.ofSeconds(1), now -> {});
    }

    private void twoNodesThatAreOff() {
        begun("profiled");
        libvirt.createNetwork(PLAN);
        PLAN.nodes().forEach(node -> hypervisor.machines().define(TestDriver.machine(PLAN, node)));
    }

    @Test
    void aLabThatIsNotThereIsRefusedWithAWayToFindTheOthers() {
        assertThatThrownBy(() -> profile().of("nothing", Optional.empty()))
                .isInstanceOfSatisfying(
                        LabFailure.class, it -> assertThat(it.next()).contains("lab list"));
    }

    @Test
    void aNodeThatIsNotThereIsRefusedWithTheOnesThatAre() {
        twoNodesThatAreOff();
        assertThatThrownBy(() -> profile().of("profiled", Optional.of("n7")))
                .isInstanceOfSatisfying(LabFailure.class, it -> {
                    assertThat(it.why()).contains("n0, n1");
                    assertThat(it.next()).doesNotContain("--node");
                });
    }

    @Test
    void aNodeThatIsOffIsRefusedWithAWayToSwitchItOn() {
        twoNodesThatAreOff();
        assertThatThrownBy(() -> profile().of("profiled", Optional.of("n1")))
                .isInstanceOfSatisfying(LabFailure.class, it -> {
                    assertThat(it.node()).contains("n1");
                    assertThat(it.why()).contains("shutoff");
                    assertThat(it.next()).contains("lab start profiled");
                });
    }
}
