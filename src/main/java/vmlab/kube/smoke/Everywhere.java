package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.Map;

/**
 * What the checks between nodes need in the cluster: a pod on every node, whatever its taints, and a service whose NodePort leads on each
 * node to that node's own pod. So every node can be asked what it sees, without a process being started in it.
 */
final class Everywhere {

    static final String NAME = "everywhere";

    private static final Map<String, String> LABELS = Map.of("role", NAME);

    private Everywhere() {}

    static DaemonSet daemonSet() {
        Pod pod = Fixtures.pod(NAME, "netexec", "--http-port=" + Fixtures.SERVER_PORT);
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withSelector(new LabelSelectorBuilder().withMatchLabels(LABELS).build())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpecLike(pod.getSpec())
                .withRestartPolicy("Always")
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    static Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .withExternalTrafficPolicy("Local")
                .withSelector(LABELS)
                .addNewPort()
                .withName("http")
                .withPort(Fixtures.PORT)
                .withNewTargetPort(Fixtures.SERVER_PORT)
                .endPort()
                .endSpec()
                .build();
    }
}
