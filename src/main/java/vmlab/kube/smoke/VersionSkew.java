package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vmlab.run.LabFailure;

/**
 * Kubernetes' version skew policy: a kubelet may not be newer than the API server, and at most three minor versions older
 * (kubernetes.io/releases/version-skew-policy).
 */
final class VersionSkew implements SmokeCheck {

    private static final int OLDEST = 3;
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");

    @Override
    public String name() {
        return "version-skew";
    }

    @Override
    public Set<String> needs() {
        return Set.of(ApiHealth.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        String api = world.api().version();
        List<String> seen = new ArrayList<>();
        for (Node node : world.nodes()) {
            String kubelet = node.getStatus().getNodeInfo().getKubeletVersion();
            String name = node.getMetadata().getName();
            require(name, kubelet, api);
            seen.add(name + " " + kubelet);
        }
        return "API " + api + ", kubelets: " + String.join(", ", seen);
    }

    /** Refuses a kubelet that the policy does not allow with this API server. */
    static void require(String node, String kubelet, String api) {
        int behind = minor(api) - minor(kubelet);
        if (behind < 0 || behind > OLDEST) {
            throw LabFailure.lab(
                    "the kubelet of " + node + " is " + (behind < 0 ? "newer than" : "too old for") + " the API server",
                    "the kubelet is " + kubelet + ", the API server " + api
                            + "; allowed are the same minor version and the " + OLDEST + " before it",
                    "boot all nodes from images with versions that go together");
        }
    }

    /** 1.36 as 1036, so that a new major version is far from all of the one before. */
    private static int minor(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            throw LabFailure.lab(
                    "a version could not be read", "it is \"" + version + "\"", "v1.36.3 is what one looks like");
        }
        return Integer.parseInt(parts.group(1)) * 1000 + Integer.parseInt(parts.group(2));
    }
}
