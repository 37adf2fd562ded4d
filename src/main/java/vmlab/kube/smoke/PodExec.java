package vmlab.kube.smoke;

import java.util.Set;
import vmlab.run.Reading;

/** A command runs in a pod, and its output comes back. */
final class PodExec implements SmokeCheck {

    static final String NAME = "pod-exec";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> needs() {
        return Set.of(PodsScheduled.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        return world.await("a command in a pod", () -> {
            ExecResult result = world.exec("mounttest", "--file_content=/etc/hostname");
            return result.succeeded() && result.stdout().contains(Fixtures.CLIENT)
                    ? new Reading.Ready<>(result.stdout().strip())
                    : new Reading.NotYet<>(result.failure());
        });
    }
}
