package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static vmlab.kube.ClusterObjects.node;
import static vmlab.kube.ClusterObjects.readyNode;
import static vmlab.kube.ClusterObjects.waitingPod;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class ClusterWordsTest {

    KubernetesMockServer server;
    KubernetesClient client;

    @BeforeEach
    void healthy() {
        server.expect().get().withPath("/readyz").andReturn(200, "ok").always();
    }

    @Test
    void aReadyNodeIsSaidToBeForThenItsOldTroublesAreNoneNow() throws Exception {
        client.resource(readyNode("w1")).create();

        assertThat(ClusterWords.of(new KubeApi(client), "w1")).containsExactly("node w1 is Ready");
    }

    @Test
    void aNodeThatIsNotReadyAndAPodThatHasNoImageAreTold() throws Exception {
        client.resource(node("cp", "False", "message:cni plugin not initialized"))
                .create();
        client.resource(waitingPod("coredns-1", "ErrImageNeverPull", 0)).create();

        assertThat(ClusterWords.of(new KubeApi(client), "cp"))
                .contains("node cp is NotReady: cni plugin not initialized")
                .anyMatch(line -> line.contains("ErrImageNeverPull"))
                .noneMatch(line -> line.contains("is Ready"));
    }
}
