package vmlab.kube.smoke;

import java.util.Optional;
import java.util.Set;
import vmlab.run.Reading;

/** The API server says that it is ready, and which version it is. */
final class ApiHealth implements SmokeCheck {

    static final String NAME = "api-health";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        return world.await("a healthy API", () -> {
            Optional<String> starting = world.api().unready();
            return starting.isPresent()
                    ? new Reading.NotYet<>(starting.get())
                    : new Reading.Ready<>(
                            "/readyz says ok, version " + world.api().version());
        });
    }
}
