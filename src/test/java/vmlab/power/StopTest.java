package vmlab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vmlab.libvirt.TestDriver;
import vmlab.plan.Clusters;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.LabState;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cidr;
import vmlab.suite.TestedLab;

/** On libvirt's built-in test driver, whose machines end as soon as their power button is pressed. */
class StopTest extends OnTestDriver {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("stopped", 2), Cidr.parse("10.77.9.0/24"));

    private Site lab() {
        libvirt.createNetwork(PLAN);
        begun("stopped");
        for (NodePlan node : PLAN.nodes()) {
            hypervisor.machines().define(TestDriver.machine(PLAN, node));
            hypervisor.machines().start(node.domain());
        }
        return site();
    }

    private static int stop(Site site) throws InterruptedException {
        return new Run(event -> {}).perform(new Stop(site, Duration.ofSeconds(10), false), "stopped");
    }

    @Test
    void aStopSwitchesEveryNodeOffAndLeavesWhatAStartNeeds() throws InterruptedException {
        Site site = lab();
        assertThat(stop(site)).isEqualTo(2);
        assertThat(hypervisor.inventory().of("stopped").domains()).hasSize(2).noneMatch(domain -> domain.running());
        assertThat(hypervisor.inventory().of("stopped").network())
                .as("a lab that is off takes nothing of this machine")
                .hasValueSatisfying(network -> assertThat(network.active()).isFalse());
        assertThat(stop(site)).as("a second stop").isZero();
    }

    private static int pause(Site site) throws InterruptedException {
        return new Run(event -> {}).perform(new Pause(site), "stopped");
    }

    @Test
    void aPauseLetsNodesStandStillUntilTheyAreStarted() throws Exception {
        Site site = lab();
        Files.writeString(site.folder("stopped").kubeconfig(), "it came up once");

        assertThat(pause(site)).isEqualTo(2);

        assertThat(site.inventory("stopped").domains()).allMatch(node -> node.running() && node.standsStill());
        assertThat(LabState.of(site.identity("stopped"), site.inventory("stopped"), home, site.uri()))
                .isEqualTo("paused");
        assertThatThrownBy(() -> Access.requireAwake("stopped", site.inventory("stopped")))
                .isInstanceOfSatisfying(
                        LabFailure.class, it -> assertThat(it.next()).contains("lab start stopped"));
        assertThatThrownBy(() -> TestedLab.of(site, "stopped", Optional.empty(), false))
                .hasMessageContaining("stands still");
        assertThat(pause(site)).as("a second pause").isZero();

        assertThat(new Run(event -> {}).perform(new Start(site), "stopped")).isEqualTo(2);
        assertThat(LabState.of(site.identity("stopped"), site.inventory("stopped"), home, site.uri()))
                .isEqualTo("running");
    }

    @Test
    void nothingToPauseIsSaid() {
        assertThatThrownBy(() -> pause(site())).hasMessageContaining("not up");
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
        assertThatThrownBy(() -> stop(site())).isInstanceOfSatisfying(LabFailure.class, it -> assertThat(it.what())
                .contains("not up"));
    }
}
