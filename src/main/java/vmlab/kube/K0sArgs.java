package vmlab.kube;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import vmlab.spec.Node;

/** The command line of k0s on a node, from the word after {@code k0s} or {@code k0s install} on; as proven in emulated guests. */
public final class K0sArgs {

    /** Where the config disk puts a controller's configuration. */
    public static final String CONFIG = "/etc/k0s/k0s.yaml";

    /** Where the config disk puts the token of a node that joins. */
    public static final String TOKEN = "/etc/k0s/token";

    /** What a small lab does not need; on an emulated processor each of them is seconds of start-up and tens of megabytes. */
    static final List<String> DISABLED =
            List.of("metrics-server", "konnectivity-server", "autopilot", "helm", "update-prober", "windows-node");

    /** By which further controllers join: one that stays alone does without. */
    private static final String CONTROL_API = "control-api";

    /**
     * With an external address k0s sends the pods' requests to the API there, which is a process on the host; without this component each
     * API server enters itself, so that pods reach the controllers directly.
     */
    private static final String ENDPOINT_RECONCILER = "endpoint-reconciler";

    private K0sArgs() {}

    /**
     * The arguments for one node, each as the program gets it.
     *
     * <p>A node that is the whole cluster runs with {@code --single}, which says so to k0s itself: it runs a kubelet without taints, reports
     * SingleNode in its status, and refuses to make join tokens instead of making ones that lead nowhere.
     */
    public static List<String> of(Node node, Standing standing) {
        List<String> args = new ArrayList<>(
                switch (node.role()) {
                    case SINGLE -> List.of("controller", "--single");
                    case CONTROLLER -> List.of("controller");
                    case CONTROLLER_WORKER -> List.of("controller", "--enable-worker", "--no-taints");
                    case WORKER -> List.of("worker");
                });
        if (node.role().isController()) {
            args.add("--config=" + CONFIG);
            args.add("--disable-components=" + String.join(",", DISABLED) + ","
                    + (standing == Standing.ALONE ? CONTROL_API : ENDPOINT_RECONCILER));
        }
        if (standing == Standing.JOINS || standing == Standing.WORKER) {
            args.add("--token-file=" + TOKEN);
        }
        if (node.role().runsPods()) {
            addKubeletArgs(args, node);
        }
        return List.copyOf(args);
    }

    /** The arguments as one line for a shell or an OpenRC service script. */
    public static String line(List<String> args) {
        return args.stream().map(K0sArgs::quoted).collect(Collectors.joining(" "));
    }

    private static void addKubeletArgs(List<String> args, Node node) {
        if (!node.labels().isEmpty()) {
            args.add("--labels="
                    + node.labels().entrySet().stream()
                            .map(label -> label.getKey() + "=" + label.getValue())
                            .collect(Collectors.joining(",")));
        }
        if (!node.taints().isEmpty()) {
            args.add("--taints=" + String.join(",", node.taints()));
        }
        if (!node.kubeletArgs().isEmpty()) {
            args.add("--kubelet-extra-args=" + String.join(" ", node.kubeletArgs()));
        }
    }

    private static String quoted(String arg) {
        return arg.matches("[A-Za-z0-9_@%+=:,./-]+") ? arg : "'" + arg.replace("'", "'\\''") + "'";
    }
}
