package vmlab.kube.smoke;

import java.util.Set;
import vmlab.run.Reading;

/** A service's name is resolved in a pod. Whether the service then answers is {@link ClusterIpAnswers}' business. */
final class ServiceDns implements SmokeCheck {

    @Override
    public String name() {
        return "service-dns";
    }

    @Override
    public Set<String> needs() {
        return Set.of(PodsScheduled.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        String name = Fixtures.SERVICE + "." + world.namespace() + ".svc";
        return world.await("DNS of a service", () -> {
            ExecResult result = world.exec("connect", "--timeout=10s", name + ":" + Fixtures.PORT);
            // agnhost connect: DNS and UNKNOWN are said before, TIMEOUT, REFUSED and OTHER after the name was resolved.
            boolean resolved = result.succeeded() || result.stderr().matches("(?s)(TIMEOUT|REFUSED|OTHER).*");
            return resolved
                    ? new Reading.Ready<>(name + " was resolved in pod " + Fixtures.CLIENT)
                    : new Reading.NotYet<>(name + ": " + result.failure());
        });
    }
}
