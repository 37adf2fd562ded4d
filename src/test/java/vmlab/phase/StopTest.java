package vmlab.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vmlab.host.Accelerator;
import vmlab.host.DomainXml;
import vmlab.host.Hypervisor;
import vmlab.host.TestDriver;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.plan.Made;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.Cidr;

/** On libvirt's built-in test driver, whose machines end as soon as their power button is pressed. */
class StopTest {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("stopped", 2), Cidr.parse("10.77.9.0/24"));

    @TempDir
    Path home;

    @RegisterExtension
    final TestDriver libvirt = new TestDriver();

    private final Hypervisor hypervisor = libvirt.hypervisor();

    private Site lab() {
        libvirt.createNetwork(PLAN);
        for (NodePlan node : PLAN.nodes()) {
            hypervisor
                    .domains()
                    .define(DomainXml.of(
                            PLAN,
                            node,
                            new Mark("stopped", node.name(), "", "1"),
                            Made.of(node, "abc", ""),
                            LabFolder.of(home, "stopped"),
                            Accelerator.PRETENDED,
                            new DomainXml.Boot(Path.of("/k"), Path.of("/i"), "console=ttyS0", Optional.empty())));
            hypervisor.domains().start(node.domain());
        }
        return new Site(hypervisor, home, true);
    }

    private static int stop(Site site) throws InterruptedException {
        return new Run(event -> {}).perform(new Stop(site, Duration.ofSeconds(10), false), "stopped");
    }

    @Test
    void aStopSwitchesEveryNodeOffAndLeavesWhatAStartNeeds() throws InterruptedException {
        Site site = lab();
        assertThat(stop(site)).isEqualTo(2);
        assertThat(hypervisor.inventory().of("stopped").domains()).hasSize(2).noneMatch(domain -> domain.running());
        assertThat(hypervisor.inventory().of("stopped").network()).isPresent();
        assertThat(stop(site)).as("a second stop").isZero();
    }

    @Test
    void aLabThatNeverCameUpIsNotStarted() {
        Site site = lab();
        assertThatThrownBy(() -> new Run(event -> {}).perform(new Start(site), "stopped"))
                .isInstanceOfSatisfying(
                        LabFailure.class, it -> assertThat(it.next()).contains("lab up"));
    }

    @Test
    void aNodeThatIsNotThereIsRefusedWithTheOnesThatAre() {
        Site site = lab();
        assertThatThrownBy(() -> new Run(event -> {}).perform(new RebootNodes(site, Optional.of("n7")), "stopped"))
                .isInstanceOfSatisfying(
                        LabFailure.class, it -> assertThat(it.why()).contains("n0, n1"));
    }

    @Test
    void nothingToStopIsSaid() {
        assertThatThrownBy(() -> stop(new Site(hypervisor, home, true)))
                .isInstanceOfSatisfying(
                        LabFailure.class, it -> assertThat(it.what()).contains("not up"));
    }
}
