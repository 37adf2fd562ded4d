package vmlab.ready;

import java.time.Duration;
import java.util.Optional;
import vmlab.kube.KubeApi;
import vmlab.kube.Kubeconfig;
import vmlab.make.Bootable;
import vmlab.observe.BootWatch;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.Reading;
import vmlab.run.Reading.Never;
import vmlab.run.Reading.NotYet;
import vmlab.run.Run;
import vmlab.site.Port;
import vmlab.site.Site;

/**
 * That each of several controllers serves the API itself, at its own address. The one at which all are reached says nothing of it: one
 * controller is enough there, and one that runs no pods is no node of Kubernetes.
 */
record ControllersAnswer(Site site, Bootable lab) {

    private static final Duration PACE = Duration.ofSeconds(2);

    /** Waits for all of them; returns at once where there is only one. */
    void await(Run run) throws InterruptedException {
        Plan plan = lab.plan();
        if (!plan.hasSeveralControllers()) {
            return;
        }
        Kubeconfig access = Kubeconfig.read(site.folder(plan.lab()).ownKubeconfig());
        for (NodePlan controller : plan.controllers()) {
            BootWatch watch = new BootWatch(site, site.folder(plan.lab()), controller);
            try (KubeApi own = KubeApi.of(site.reaching(plan.lab(), access.at(Port.apiUrl(controller.address()))))) {
                run.await(controller.name(), "its API", lab.limits(site).ready())
                        .every(PACE)
                        .until(() -> look(controller, own, watch));
            }
        }
    }

    private Reading<String> look(NodePlan controller, KubeApi own, BootWatch watch) throws InterruptedException {
        if (!site.apiPort(lab.plan().lab(), controller).isOpen()) {
            Optional<Never<String>> dead = watch.dead();
            return dead.isPresent() ? dead.get() : new NotYet<>("k0s joins; its API does not listen yet");
        }
        return own.health();
    }
}
