package vmlab.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vmlab.engine.Watch;
import vmlab.plan.Clusters;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.Event;
import vmlab.spec.Cidr;

/** Against libvirt's own built-in driver, which has events like the real one, but no DHCP: leases are seen in the tests with machines. */
class LabWatchTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Plan PLAN = Plan.of(Clusters.ofNodes("watched", 1), Cidr.parse("10.77.6.0/24"));
    private static final NodePlan NODE = PLAN.nodes().getFirst();

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    @RegisterExtension
    final TestDriver libvirt = new TestDriver();

    private final Hypervisor hypervisor = libvirt.hypervisor();

    @Test
    void tellsOfMachinesThatStartAndStop() throws InterruptedException {
        libvirt.createNetwork(PLAN);
        try (var _ = watch()) {
            hypervisor.machines().define(TestDriver.machine(PLAN, NODE));
            hypervisor.machines().start(NODE.domain());
            assertThat(await(e -> e instanceof Event.Lifecycle change
                            && change.state().equals("started")))
                    .isInstanceOfSatisfying(Event.Lifecycle.class, change -> {
                        assertThat(change.node()).isEqualTo("n0");
                        assertThat(change.reason()).isEqualTo("booted");
                    });
            hypervisor.machines().remove(NODE.domain());
            assertThat(await(e -> e instanceof Event.Lifecycle change
                            && change.state().equals("stopped")))
                    .isInstanceOfSatisfying(Event.Lifecycle.class, change -> assertThat(change.reason())
                            .isEqualTo("destroyed"));
        }
    }

    @Test
    void onceClosedItIsNotCalledAnyMore() throws InterruptedException {
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        var before = Native.getCallbackExceptionHandler();
        Native.setCallbackExceptionHandler((callback, error) -> thrown.add(error));
        libvirt.createNetwork(PLAN);
        try {
            watch().close();
            // Who listens later is told later.
            try (var _ = watch()) {
                hypervisor.machines().define(TestDriver.machine(PLAN, NODE));
                await(Event.Lifecycle.class::isInstance);
            }
            assertThat(thrown).isEmpty();
        } finally {
            Native.setCallbackExceptionHandler(before);
        }
    }

    private Watch watch() {
        return LabWatch.begin(TestDriver.URI, "watched", Map.of(NODE.mac(), NODE.name()), events::add)
                .orElseThrow();
    }

    private Event await(Predicate<Event> which) throws InterruptedException {
        while (true) {
            Event event = events.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(event).as("an event within " + SOON).isNotNull();
            if (which.test(event)) {
                return event;
            }
        }
    }
}
