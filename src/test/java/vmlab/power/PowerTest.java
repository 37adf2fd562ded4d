package vmlab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vmlab.libvirt.TestDriver;
import vmlab.plan.Clusters;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;
import vmlab.spec.Cidr;

/** One node's power. On libvirt's built-in test driver. */
class PowerTest extends OnTestDriver {

    @BeforeEach
    void aNodeThatRuns() {
        Plan plan = Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse("10.77.9.0/24"));
        libvirt.createNetwork(plan);
        begun("demo");
        NodePlan node = plan.nodes().getFirst();
        hypervisor.machines().define(TestDriver.machine(plan, node));
        hypervisor.machines().start(node.domain());
    }

    private String power(String node, Power.Act act) throws InterruptedException {
        return new Power(site(), node, act).run("demo", new Run(event -> {}));
    }

    @Test
    void whatIsAskedForTwiceIsFine() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            assertThat(power("n0", Power.Act.PAUSE)).isEqualTo("paused");
        }
        for (int i = 0; i < 2; i++) {
            assertThat(power("n0", Power.Act.RESUME)).isEqualTo("running");
        }
        for (int i = 0; i < 2; i++) {
            assertThat(power("n0", Power.Act.OFF)).isEqualTo("shutoff");
        }
        for (int i = 0; i < 2; i++) {
            assertThat(power("n0", Power.Act.ON)).isEqualTo("running");
        }
    }

    @Test
    void aMachineThatIsOffDoesNotStandStillAndAnotherNodeIsNone() throws InterruptedException {
        power("n0", Power.Act.OFF);

        assertThatThrownBy(() -> power("n0", Power.Act.PAUSE))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("node n0 is off");
        assertThatThrownBy(() -> power("w9", Power.Act.OFF)).hasMessageContaining("has no node w9");
    }
}
