package vmlab.kube.smoke;

import java.util.Set;
import vmlab.run.Reading;

/** What a pod writes can be read: API server to kubelet to container. */
final class PodLog implements SmokeCheck {

    private static final String FIRST_WORDS = "Started HTTP server on port";

    @Override
    public String name() {
        return "pod-log";
    }

    @Override
    public Set<String> needs() {
        return Set.of(PodsScheduled.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        return world.await("the server's log", () -> {
            String log = world.log(Fixtures.SERVER, 20);
            return log.lines()
                    .filter(line -> line.contains(FIRST_WORDS))
                    .findFirst()
                    .<Reading<String>>map(Reading.Ready::new)
                    .orElseGet(() -> new Reading.NotYet<>("the log has no \"" + FIRST_WORDS + "\""));
        });
    }
}
