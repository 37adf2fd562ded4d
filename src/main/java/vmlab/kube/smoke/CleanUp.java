package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Set;
import java.util.stream.Collectors;
import vmlab.run.Reading;

/** The namespace and all in it can be deleted, and goes. */
final class CleanUp implements SmokeCheck {

    @Override
    public String name() {
        return "clean-up";
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        if (!world.exists()) {
            return "there was nothing to remove";
        }
        // What a namespace's removal has to wait for costs it another look at every kind of thing there can be.
        world.await("the removal of the pods", () -> {
            world.removePods();
            int left = world.pods().list().getItems().size();
            return left == 0
                    ? new Reading.Ready<>("gone")
                    : new Reading.NotYet<>(left + (left == 1 ? " pod is" : " pods are") + " being deleted");
        });
        String evidence = world.await("the namespace's removal", () -> {
            Namespace namespace =
                    world.client().namespaces().withName(world.namespace()).get();
            if (namespace == null) {
                return new Reading.Ready<>("namespace " + world.namespace() + " is gone");
            }
            if (namespace.getMetadata().getDeletionTimestamp() == null) {
                world.remove();
            }
            return new Reading.NotYet<>(remaining(namespace));
        });
        world.gone();
        return evidence;
    }

    private static String remaining(Namespace namespace) {
        String said = namespace.getStatus() == null
                ? ""
                : namespace.getStatus().getConditions().stream()
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .map(condition -> condition.getMessage())
                        .collect(Collectors.joining("; "));
        return said.isEmpty() ? "its content is being deleted" : said;
    }
}
