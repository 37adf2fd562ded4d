package vmlab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Made;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.spec.Cidr;

/** Against libvirt's own built-in driver: real libvirt objects, no machine. It comes with a network and a domain that are not ours. */
class HypervisorTest {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("demo", 2), Cidr.parse("10.77.5.0/24"));

    private final Hypervisor hypervisor = Hypervisor.connect("test:///default");

    @AfterEach
    void removeWhatIsOurs() {
        Inventory left = hypervisor.inventory();
        left.domains().forEach(d -> hypervisor.removeDomain(d.name()));
        left.networks().forEach(n -> hypervisor.removeNetwork(n.name()));
        hypervisor.close();
    }

    @Test
    void whatIsNotOursIsNotInTheInventory() {
        assertThat(hypervisor.inventory().isEmpty()).isTrue();
        assertThat(hypervisor.isRunning("test")).isTrue();
    }

    @Test
    void aNetworkIsFoundAgainWithItsMarkAndAddresses() {
        hypervisor.createNetwork(
                NetworkXml.of(PLAN, new Mark("demo", "", "abc", "1"), "http://10.77.5.1/boot.ipxe", true));

        assertThat(hypervisor.inventory().of("demo").network()).hasValueSatisfying(network -> {
            assertThat(network.mark()).isEqualTo(new Mark("demo", "", "abc", "1"));
            assertThat(network.active()).isTrue();
            assertThat(network.cidr()).isEqualTo(Cidr.parse("10.77.5.0/24"));
            assertThat(network.addresses()).containsEntry("n0", "10.77.5.11").containsEntry("n1", "10.77.5.12");
        });
    }

    @Test
    void aMachineIsFoundAgainAndRemovedWhileItRuns() {
        NodePlan node = PLAN.nodes().getFirst();
        hypervisor.createNetwork(
                NetworkXml.of(PLAN, new Mark("demo", "", "abc", "1"), "http://10.77.5.1/boot.ipxe", true));
        hypervisor.defineDomain(describe(node));
        hypervisor.startDomain(node.domain());

        assertThat(hypervisor.inventory().of("demo").domain("n0")).hasValueSatisfying(domain -> {
            assertThat(domain.running()).isTrue();
            assertThat(domain.memory()).isEqualTo(node.spec().memory());
        });

        hypervisor.removeDomain(node.domain());
        hypervisor.removeDomain(node.domain());
        assertThat(hypervisor.inventory().domains()).isEmpty();
        assertThat(hypervisor.isRunning(node.domain())).isFalse();
    }

    @Test
    void aLibvirtThatIsNotThereIsToldWithTheCure() {
        assertThatThrownBy(() -> Hypervisor.connect("qemu+unix:///system?socket=/nowhere"))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(LabFailure.Kind.MACHINE);
                    assertThat(failure.next()).contains("--connect embedded");
                });
    }

    private static String describe(NodePlan node) {
        return DomainXml.of(
                PLAN,
                node,
                new Mark("demo", node.name(), "", "1"),
                Made.of(node, "abc", ""),
                new LabFolder(Path.of("/labs/demo")),
                Accelerator.PRETENDED,
                new DomainXml.Boot(Path.of("/k"), Path.of("/i"), "console=ttyS0"));
    }
}
