package vmlab.kube;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** Nodes and pods as a real API server shows them, in the states that matter. */
public final class ClusterObjects {

    private ClusterObjects() {}

    public static Node node(String name, String ready, String message) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .withMessage(message)
                .endCondition()
                .addNewAddress("127.0.0.1", "InternalIP")
                .withNewNodeInfo()
                .withKubeletVersion("v1.36.3")
                .endNodeInfo()
                .endStatus()
                .build();
    }

    public static Node readyNode(String name) {
        return node(name, "True", "kubelet is posting ready status");
    }

    /** One that takes pods, to be changed: with a specification, as each has that the API knows. */
    public static Node openNode(String name) {
        return new NodeBuilder(readyNode(name)).withNewSpec().endSpec().build();
    }

    public static Pod runningPod(String namespace, String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName("cp")
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("10.244.0.7")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    public static Pod waitingPod(String name, String reason, int restarts) {
        return new PodBuilder(runningPod("kube-system", name))
                .editStatus()
                .withPhase("Pending")
                .addNewContainerStatus()
                .withName("main")
                .withImage("registry.example/coredns:1.14.6")
                .withRestartCount(restarts)
                .withState(new ContainerStateBuilder()
                        .withNewWaiting()
                        .withReason(reason)
                        .endWaiting()
                        .build())
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
