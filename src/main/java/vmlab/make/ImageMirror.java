package vmlab.make;

import vmlab.plan.Plan;
import vmlab.spec.PodImages;

/** Where containerd on a node asks for images first, whatever registry their names say: the lab's boot server. */
final class ImageMirror {

    /** What containerd reads for a registry that has no folder of its own (hosts.toml of its documentation). */
    static final String FILE = "etc/containerd/certs.d/_default/hosts.toml";

    private ImageMirror() {}

    /** The text of the file. */
    static String hosts(Plan plan) {
        String url = plan.network().bootUrl();
        // Without a server of its own the file leaves the image's registry as the last to be asked.
        return plan.cluster().podImages().pull() == PodImages.Pull.NEVER
                ? "server = \"%s\"\ncapabilities = [\"pull\", \"resolve\"]\n".formatted(url)
                : "[host.\"%s\"]\n  capabilities = [\"pull\", \"resolve\"]\n".formatted(url);
    }
}
