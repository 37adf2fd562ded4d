package vmlab.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vmlab.plan.Accelerator;
import vmlab.plan.Clusters;
import vmlab.plan.Plan;
import vmlab.spec.Cidr;
import vmlab.spec.Disks;

/** What libvirt is told of a node's machine. */
class DomainXmlTest {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse("10.77.5.0/24"));

    @Test
    void aNodeHasADisplayToTakeAPictureOfAndNobodyIsServedIt() {
        assertThat(DomainXml.of(TestDriver.machine(PLAN, PLAN.nodes().getFirst())))
                .contains("<model heads=\"1\" type=\"vga\" vram=\"2048\"/>")
                .doesNotContain("<graphics");
    }

    @Test
    void itsConsoleIsASerialOneAndIsLogged() {
        assertThat(DomainXml.of(TestDriver.machine(PLAN, PLAN.nodes().getFirst())))
                .contains("<serial type=\"pty\">", "<log append=\"on\" file=\"/labs/demo/n0.serial.log\"/>");
    }

    @Test
    void noMachineHasADeviceThatIsSlowToReadTheTimeFromOrOneToLookForUsbOn() {
        for (Accelerator accelerator : Accelerator.values()) {
            assertThat(DomainXml.of(TestDriver.machine(PLAN, PLAN.nodes().getFirst(), accelerator)))
                    .contains("<timer name=\"hpet\" present=\"no\"/>", "<controller model=\"none\" type=\"usb\"/>");
        }
    }

    @Test
    void whatANodeIsToldIsOnItsDiskIsOnThisMachinesUnlessTheLabAsksForTheFastOne() {
        String stateDisk = "<driver cache=\"%s\" discard=\"unmap\" name=\"qemu\" type=\"raw\"/>"
                + "<source file=\"/labs/demo/n0.state.img\"/>";
        Plan fast = Plan.of(Clusters.withDisks(PLAN.cluster(), Disks.FAST), Cidr.parse("10.77.5.0/24"));

        assertThat(machine(PLAN)).contains(stateDisk.formatted("writeback"));
        assertThat(machine(fast)).contains(stateDisk.formatted("unsafe"));
    }

    private static String machine(Plan plan) {
        return DomainXml.of(TestDriver.machine(plan, plan.nodes().getFirst())).replaceAll(">\\s+<", "><");
    }

    @Test
    void eachProcessorHasASocketToItself() {
        Xml domain = Xml.root("domain");

        DomainXml.processors(domain, 2, Accelerator.TCG);

        assertThat(domain.write()).contains("<topology cores=\"1\" sockets=\"2\" threads=\"1\"/>", "<vcpu>2</vcpu>");
    }
}
