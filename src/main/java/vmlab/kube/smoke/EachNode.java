package vmlab.kube.smoke;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** The same question to every node, all at once. */
final class EachNode {

    /** What is done for one node; returns what was seen. */
    @FunctionalInterface
    interface Look {
        String at(NodeView node) throws InterruptedException;
    }

    private EachNode() {}

    /** Looks from all nodes side by side and returns what was seen, in their order; the first failure ends the rest. */
    static String sideBySide(List<NodeView> nodes, Look look) throws InterruptedException {
        List<FutureTask<String>> tasks = nodes.stream()
                .map(node -> new FutureTask<>(() -> look.at(node)))
                .toList();
        tasks.forEach(Thread::startVirtualThread);
        List<String> seen = new ArrayList<>();
        try {
            for (Future<String> task : tasks) {
                seen.add(task.get());
            }
        } catch (ExecutionException error) {
            if (error.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(error.getCause());
        } finally {
            tasks.forEach(task -> task.cancel(true));
        }
        return String.join(", ", seen);
    }
}
