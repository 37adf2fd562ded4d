package vmlab.kubevirt;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;

/**
 * Where something of a lab is: labs have a namespace each, and within it machines are called as nodes are in cluster.yaml.
 *
 * @param name the node's; of a network {@link #FIRST} or {@code net-LABEL}
 */
record Place(String namespace, String name) {

    /** The network that nodes boot from. */
    static final String FIRST = "boot";

    /** What names of further networks begin with; without a dot, which Multus does not take everywhere. */
    private static final String FURTHER = "net-";

    private static final String PLANNED = "lab-";

    /** Of the machine that the plan calls {@code lab-LAB.NODE}. */
    static Place ofMachine(String planned, Settings settings) {
        int dot = planned.indexOf('.');
        return new Place(namespace(planned.substring(PLANNED.length(), dot), settings), planned.substring(dot + 1));
    }

    /** Of the network that the plan calls {@code lab-LAB}, or {@code lab-LAB.LABEL}. */
    static Place ofNetwork(String planned, Settings settings) {
        String name = planned.substring(PLANNED.length());
        int dot = name.indexOf('.');
        return dot < 0
                ? new Place(namespace(name, settings), FIRST)
                : new Place(namespace(name.substring(0, dot), settings), FURTHER + name.substring(dot + 1));
    }

    private static String namespace(String lab, Settings settings) {
        return settings.prefix() + lab;
    }

    /** What the plan calls the machine of {@code node}. */
    static String plannedMachine(String lab, String node) {
        return PLANNED + lab + "." + node;
    }

    /** What the plan calls the network of that name. */
    static String plannedNetwork(String lab, String name) {
        return PLANNED + lab + (name.equals(FIRST) ? "" : "." + name.substring(FURTHER.length()));
    }

    /** Where the API has {@code what} of the machine while it runs. */
    URI ofRunning(KubernetesClient client, String what) {
        return URI.create("%sapis/subresources.kubevirt.io/v1/namespaces/%s/%s/%s/%s"
                .formatted(client.getMasterUrl(), namespace, Kinds.RUNNING.getPlural(), name, what));
    }

    /** What goes by the machine's name and is another thing: {@code cp-state}. */
    String with(String suffix) {
        return name + "-" + suffix;
    }
}
