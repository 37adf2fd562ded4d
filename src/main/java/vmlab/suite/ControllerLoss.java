package vmlab.suite;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import vmlab.boot.BootConfig;
import vmlab.kube.ApiWords;
import vmlab.kube.KubeApi;
import vmlab.run.Pace;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;
import vmlab.spec.Suite;

/** A lab that loses a controller and gets it back. However it ends, the controller has its power again and nothing of this is left. */
final class ControllerLoss implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration BOOT = Duration.ofMinutes(10);

    private final TestedLab lab;
    private final Pace pace;
    private final Run run;
    private final KubeApi api;
    private final List<String> controllers;
    private final Written written = Written.by("ha");
    private boolean powerCut;

    ControllerLoss(TestedLab lab, Run run) throws InterruptedException {
        this.lab = lab;
        this.pace = lab.site().pace(lab.name());
        this.run = run;
        this.api = KubeApi.of(lab.kubeconfig());
        List<String> addresses = BootConfig.read(lab.folder().bootConfig()).controllers();
        this.controllers = lab.found().network().orElseThrow().addresses().entrySet().stream()
                .filter(node -> addresses.contains(node.getValue()))
                .map(node -> node.getKey())
                .toList();
    }

    /** Every controller serves the API at its own address. */
    String allAnswer() throws InterruptedException {
        if (controllers.size() < Suite.HA_CONTROLLERS) {
            throw new Steps.NotPossible(
                    "etcd needs three controllers to lose one; the lab has " + Math.max(1, controllers.size()));
        }
        if (!lab.reboots()) {
            throw new Steps.NotPossible("nodes may not be rebooted");
        }
        for (String controller : controllers) {
            awaitApi(controller, pace.of(LIMIT));
        }
        return String.join(", ", controllers) + " answer";
    }

    /** Takes the power from the first, then writes at the address at which all are reached. */
    String cutPowerAndWrite() throws InterruptedException {
        powerCut = true;
        lab.site().engine().machines().cutPower(domain());
        return run.await("", "a write without " + victim(), pace.of(LIMIT))
                .every(Duration.ofSeconds(1))
                .until(() -> {
                    try {
                        written.create(api);
                        return new Ready<>(
                                "written without " + victim() + ": " + Written.NAMESPACE + "/" + written.name());
                    } catch (KubernetesClientException error) {
                        // It may have been written by a request whose answer got lost.
                        return error.getCode() == 409
                                ? new Ready<>("written without " + victim() + ", at the second try")
                                : ApiWords.of(error);
                    }
                });
    }

    /** Gives it its power back, and reads from it what was written while it was away. */
    String bringBackAndRead() throws InterruptedException {
        lab.site().engine().machines().start(domain());
        awaitApi(victim(), pace.of(BOOT));
        try (KubeApi own = KubeApi.of(lab.access(victim()))) {
            return run.await(victim(), "what was written meanwhile", pace.of(LIMIT))
                    .every(Duration.ofSeconds(2))
                    .until(() -> {
                        try {
                            return written.isKnownTo(own)
                                    ? new Ready<>(victim() + " knows what was written without it")
                                    : new NotYet<>("not yet visible there");
                        } catch (KubernetesClientException error) {
                            return ApiWords.of(error);
                        }
                    });
        }
    }

    /** Its own etcd lists every controller as a member. */
    String members() throws InterruptedException {
        return new EtcdMembers(lab, victim()).await(controllers, run, pace.of(LIMIT));
    }

    private void awaitApi(String controller, Duration limit) throws InterruptedException {
        try (KubeApi own = KubeApi.of(lab.access(controller))) {
            run.await(controller, "its API", limit).every(Duration.ofSeconds(2)).until(own::health);
        }
    }

    private String victim() {
        return controllers.getFirst();
    }

    private String domain() {
        return lab.found().domain(victim()).orElseThrow().name();
    }

    @Override
    public void close() {
        try (api) {
            if (powerCut) {
                if (!lab.site().engine().machines().isRunning(domain())) {
                    lab.site().engine().machines().start(domain());
                }
                written.remove(api);
            }
        } catch (KubernetesClientException unreachable) {
            // An empty ConfigMap stays, which goes with the lab.
        }
    }
}
