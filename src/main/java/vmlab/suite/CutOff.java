package vmlab.suite;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.fault.LinkChange;
import vmlab.fault.LinkFaults;
import vmlab.kube.ApiWords;
import vmlab.kube.KubeApi;
import vmlab.kube.NodeWords;
import vmlab.plan.Aspect;
import vmlab.run.LabFailure;
import vmlab.run.Pace;
import vmlab.run.Reading;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;
import vmlab.spec.Role;
import vmlab.spec.Suite;

/** A lab whose nodes are cut off from each other. However it ends, all links are well again and nothing of this is left. */
final class CutOff implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration PACE = Duration.ofSeconds(1);

    private final TestedLab lab;
    private final Run run;
    private final Duration limit;
    private final LinkFaults links;
    private final KubeApi api;
    private final List<String> controllers;
    private final List<String> workers;
    private final Written written = Written.by("partition");
    private final Written refused = Written.by("partition-refused");
    private final List<String> touched = new ArrayList<>();

    CutOff(TestedLab lab, Run run) throws InterruptedException {
        this.lab = lab;
        this.run = run;
        Pace pace = lab.site().pace(lab.name());
        this.limit = pace.of(LIMIT);
        this.links = LinkFaults.of(lab.site(), lab.name());
        this.api = KubeApi.of(lab.kubeconfig());
        this.workers = nodes(true);
        this.controllers = nodes(false);
    }

    private List<String> nodes(boolean areWorkers) {
        return lab.found().domains().stream()
                .filter(domain ->
                        Role.WORKER.toString().equals(domain.made().aspects().get(Aspect.ROLE)) == areWorkers)
                .map(domain -> domain.mark().node())
                .toList();
    }

    /** The API tells that the worker does not report. */
    String pullWorkersCable() throws InterruptedException {
        if (workers.isEmpty()) {
            throw new Steps.NotPossible("the lab has no worker to be cut off from its controller");
        }
        touched.add(worker());
        links.change(LinkChange.plug(worker(), false));
        return awaitWorker("the API to notice that " + worker() + " is cut off", false);
    }

    /** It reports again, by itself. */
    String plugWorkerIn() throws InterruptedException {
        links.change(LinkChange.plug(worker(), true));
        return awaitWorker(worker() + " to be Ready again", true);
    }

    private String worker() {
        return workers.getLast();
    }

    private String awaitWorker(String what, boolean isReady) throws InterruptedException {
        return run.await("", what, limit).every(PACE).until(() -> {
            try {
                Node node = api.client().nodes().withName(worker()).require();
                Optional<String> unready = NodeWords.unready(node);
                String now = unready.orElse("node " + worker() + " is Ready");
                return unready.isEmpty() == isReady ? new Ready<>(now) : new NotYet<>(now);
            } catch (KubernetesClientException error) {
                return ApiWords.of(error);
            }
        });
    }

    /** The others elect a leader where they lost one, and write. */
    String partControllerAndWrite() throws InterruptedException {
        if (controllers.size() < Suite.HA_CONTROLLERS) {
            throw new Steps.NotPossible(
                    "a majority of controllers goes on from three on; the lab has " + controllers.size());
        }
        touched.add(victim());
        links.change(LinkChange.part(victim(), controllers.subList(0, controllers.size() - 1)));
        return at(controllers.getFirst(), "a write without " + victim(), own -> {
            create(own);
            return new Ready<>(controllers.getFirst() + " wrote without " + victim());
        });
    }

    /** What has no majority behind it must not take a write. */
    String minorityWritesNothing() throws InterruptedException {
        return at(victim(), victim() + " to refuse a write", own -> {
            try {
                refused.create(own);
                return new NotYet<>(victim() + " wrote");
            } catch (KubernetesClientException error) {
                return error.getCode() == 409
                        ? new NotYet<>(victim() + " wrote")
                        : new Ready<>(victim() + " refuses a write: " + ApiWords.text(error));
            }
        });
    }

    /** The one that was away knows what was written meanwhile. */
    String joinControllersAndRead() throws InterruptedException {
        links.change(LinkChange.mend(victim()));
        return at(victim(), "what was written meanwhile", own -> {
            return written.isKnownTo(own)
                    ? new Ready<>(victim() + " knows what was written without it")
                    : new NotYet<>("not yet visible there");
        });
    }

    private String victim() {
        return controllers.getLast();
    }

    private interface Look {
        Reading<String> at(KubeApi api) throws InterruptedException;
    }

    /** Looks at one controller's own API until it is as wished. */
    private String at(String controller, String what, Look look) throws InterruptedException {
        try (KubeApi own = KubeApi.of(lab.access(controller))) {
            return run.await(controller, what, limit).every(PACE).until(() -> {
                try {
                    return look.at(own);
                } catch (KubernetesClientException error) {
                    return ApiWords.of(error);
                }
            });
        }
    }

    private void create(KubeApi own) {
        try {
            written.create(own);
        } catch (KubernetesClientException error) {
            // It may have been written by a request whose answer got lost.
            if (error.getCode() != 409) {
                throw error;
            }
        }
    }

    @Override
    public void close() {
        try (api) {
            for (String node : touched) {
                links.change(LinkChange.mend(node));
            }
            written.remove(api);
            refused.remove(api);
        } catch (LabFailure | KubernetesClientException unreachable) {
            // An empty ConfigMap stays, which goes with the lab.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
