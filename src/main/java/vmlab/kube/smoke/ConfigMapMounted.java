package vmlab.kube.smoke;

import java.util.Set;
import vmlab.run.Reading;

/** A ConfigMap's content is a file in a pod. */
final class ConfigMapMounted implements SmokeCheck {

    @Override
    public String name() {
        return "configmap-mounted";
    }

    @Override
    public Set<String> needs() {
        return Set.of(PodsScheduled.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        return world.await("the mounted ConfigMap", () -> {
            ExecResult result = world.exec("mounttest", "--file_content=" + Fixtures.CONFIG_FILE);
            return result.succeeded() && result.stdout().contains(Fixtures.CONFIG_TEXT)
                    ? new Reading.Ready<>(result.stdout().strip())
                    : new Reading.NotYet<>(result.failure());
        });
    }
}
