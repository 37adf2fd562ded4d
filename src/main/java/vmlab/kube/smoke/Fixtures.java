package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;

/**
 * What the checks need in the cluster: a pod that serves, a pod to look from (on another node where there is one), a service before the
 * first, and a ConfigMap in the second. Both pods run upstream's own test image, which has no shell: only {@code /agnhost} and its
 * subcommands.
 */
final class Fixtures {

    static final String IMAGE = "registry.k8s.io/e2e-test-images/agnhost:2.63.0";
    static final String SERVER = "server";
    static final String CLIENT = "client";
    static final String SERVICE = "web";
    static final int PORT = 80;
    static final int SERVER_PORT = 8080;
    static final String CONFIG = "greeting";
    static final String CONFIG_FILE = "/etc/lab/greeting";
    static final String CONFIG_TEXT = "good morning from the lab";

    private static final Map<String, String> SUITE = Map.of("app", "lab-smoke");

    private Fixtures() {}

    static ConfigMap configMap() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(CONFIG)
                .endMetadata()
                .addToData(CONFIG, CONFIG_TEXT)
                .build();
    }

    static Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(SERVICE)
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .addToSelector("role", SERVER)
                .addNewPort()
                .withName("http")
                .withPort(PORT)
                .withNewTargetPort(SERVER_PORT)
                .endPort()
                .endSpec()
                .build();
    }

    static Pod server() {
        return pod(SERVER, "netexec", "--http-port=" + SERVER_PORT);
    }

    static Pod client() {
        return new PodBuilder(pod(CLIENT, "pause"))
                .editSpec()
                .withNewAffinity()
                .withNewPodAntiAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(100)
                .withNewPodAffinityTerm()
                .withTopologyKey("kubernetes.io/hostname")
                .withNewLabelSelector()
                .withMatchLabels(SUITE)
                .endLabelSelector()
                .endPodAffinityTerm()
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endPodAntiAffinity()
                .endAffinity()
                .addNewVolume()
                .withName(CONFIG)
                .withNewConfigMap()
                .withName(CONFIG)
                .endConfigMap()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName(CONFIG)
                .withMountPath("/etc/lab")
                .withReadOnly(true)
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    static Pod pod(String name, String... args) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(SUITE)
                .addToLabels("role", name)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(1L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .addNewContainer()
                .withName("agnhost")
                .withImage(IMAGE)
                .withImagePullPolicy("IfNotPresent")
                .withArgs(args)
                .endContainer()
                .endSpec()
                .build();
    }
}
