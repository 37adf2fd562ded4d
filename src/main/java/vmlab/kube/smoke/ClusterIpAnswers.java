package vmlab.kube.smoke;

import java.util.Set;
import vmlab.run.Reading;

/** A service answers at its ClusterIP; from another node where there is one. */
final class ClusterIpAnswers implements SmokeCheck {

    @Override
    public String name() {
        return "cluster-ip";
    }

    @Override
    public Set<String> needs() {
        return Set.of(PodsScheduled.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        String address = world.service(Fixtures.SERVICE).getSpec().getClusterIP() + ":" + Fixtures.PORT;
        return world.await("a service's ClusterIP", () -> {
            ExecResult result = world.exec("connect", "--timeout=10s", address);
            return result.succeeded()
                    ? new Reading.Ready<>(address + " answered pod " + Fixtures.CLIENT)
                    : new Reading.NotYet<>(address + ": " + result.failure());
        });
    }
}
