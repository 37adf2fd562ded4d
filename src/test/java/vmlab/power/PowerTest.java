package vmlab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vmlab.engine.Engine;
import vmlab.engine.Machines;
import vmlab.libvirt.TestDriver;
import vmlab.plan.Clusters;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
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

    /** A machine that heeds an order when it is looked at for the third time, as KubeVirt's do after a moment. */
    private static Engine heedingLate(Engine engine) {
        int[] looks = {0};
        Machines machines = engine.machines();
        Machines late = delegating(Machines.class, machines, (method, answer) -> {
            boolean isLook = method.getName().equals("state");
            return isLook && ++looks[0] < 3 ? "running" : answer;
        });
        return delegating(
                Engine.class, engine, (method, answer) -> method.getName().equals("machines") ? late : answer);
    }

    private static <T> T delegating(Class<T> type, T real, BiFunction<Method, Object, Object> change) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> change.apply(method, method.invoke(real, arguments))));
    }

    @ParameterizedTest
    @CsvSource({"OFF, shutoff", "PAUSE, paused"})
    void whatItSaysIsSoByThen(Power.Act act, String state) throws InterruptedException {
        Site site = new Site(heedingLate(hypervisor), home, true);

        assertThat(new Power(site, "n0", act).run("demo", new Run(event -> {}))).isEqualTo(state);
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
