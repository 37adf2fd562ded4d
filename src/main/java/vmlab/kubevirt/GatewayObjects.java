package vmlab.kubevirt;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vmlab.engine.NetworkRequest;
import vmlab.net.ConnectProxy;
import vmlab.plan.Mark;
import vmlab.spec.Network;

/**
 * What stands at a lab's gateway address, where libvirt has dnsmasq and this machine a boot server: one pod with a card on the cluster's
 * network and one on the lab's.
 */
final class GatewayObjects {

    static final String NAME = "gateway";
    static final String DNSMASQ = "dnsmasq.conf";

    /** Holds the card through which nodes get out; not there where they may not. */
    static final String NAT = "nat";

    /** What every pod has, with the cluster's network behind it. */
    private static final String CLUSTER_CARD = "eth0";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SETTINGS = "/etc/lab";

    /** To give its card an address, to answer DHCP, to listen at port 53 and 69, and to become dnsmasq's own user. */
    private static final List<String> RIGHTS = List.of("NET_ADMIN", "NET_RAW", "NET_BIND_SERVICE", "SETUID", "SETGID");

    private GatewayObjects() {}

    /** A file for what all nodes have in common, and one for each node; dnsmasq reads them all. */
    static ConfigMap settings(NetworkRequest wanted, Settings settings) {
        Map<String, String> files = new TreeMap<>(Map.of(DNSMASQ, DnsmasqConf.of(wanted)));
        wanted.plan().nodes().forEach(node -> files.put(file(node.name()), DnsmasqConf.of(node, wanted.network())));
        if (wanted.plan().cluster().network().mode() == Network.Mode.NAT) {
            files.put(NAT, CLUSTER_CARD + "\n");
        }
        Place place = Place.ofNetwork(wanted.network().name(), settings);
        return new ConfigMapBuilder()
                .withMetadata(Signs.on(wanted.mark(), place.namespace(), NAME).build())
                .withData(files)
                .build();
    }

    /** The pod's own, since the namespace's may come later than the pod; it has no rights. */
    static ServiceAccount account(NetworkRequest wanted, Settings settings) {
        Place place = Place.ofNetwork(wanted.network().name(), settings);
        return new ServiceAccountBuilder()
                .withMetadata(Signs.on(wanted.mark(), place.namespace(), NAME).build())
                .withAutomountServiceAccountToken(false)
                .build();
    }

    static String file(String node) {
        return "node-" + node + ".conf";
    }

    /** The pod; {@code address}: its own on the lab's network, with the prefix. */
    static Pod pod(Place network, Mark mark, String address, String image, Settings settings) {
        String attached = JSON.createArrayNode()
                .add(attachment(settings).put("interface", DnsmasqConf.CARD))
                .toString();
        return new PodBuilder()
                .withMetadata(Signs.on(mark, network.namespace(), NAME)
                        .addToAnnotations("k8s.v1.cni.cncf.io/networks", attached)
                        .build())
                .withNewSpec()
                .withNodeSelector(settings.nodeSelector())
                .withServiceAccountName(NAME)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName(NAME)
                .withImage(image)
                .withEnv(new EnvVar("LAB_GATEWAY", address, null))
                .withNewReadinessProbe()
                .withNewExec()
                .withCommand("/bin/bash", "-c", "</dev/tcp/127.0.0.1/" + ConnectProxy.GATEWAY_PORT)
                .endExec()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .withNewResources()
                .addToRequests("memory", new Quantity("256Mi"))
                .addToLimits("memory", new Quantity("256Mi"))
                .endResources()
                .withNewSecurityContext()
                .withNewCapabilities()
                .addToDrop("ALL")
                .addAllToAdd(RIGHTS)
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName(NAME)
                .withMountPath(SETTINGS)
                .withReadOnly(true)
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName(NAME)
                .withNewConfigMap()
                .withName(NAME)
                .endConfigMap()
                .endVolume()
                .endSpec()
                .build();
    }

    private static ObjectNode attachment(Settings settings) {
        String[] parts = settings.network().orElse(Place.FIRST).split("/", 2);
        ObjectNode attachment = JSON.createObjectNode();
        return parts.length == 1
                ? attachment.put("name", parts[0])
                : attachment.put("namespace", parts[0]).put("name", parts[1]);
    }
}
