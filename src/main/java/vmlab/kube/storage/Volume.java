package vmlab.kube.storage;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A volume as the API has it. */
record Volume(PersistentVolume object) {

    static final String MADE_BY = "pv.kubernetes.io/provisioned-by";
    static final String HOSTNAME = "kubernetes.io/hostname";

    private static final String FOLDER = "/var/lib/lab/volumes/";
    private static final Pattern NAME = Pattern.compile("pvc-[0-9a-f-]+");

    /** Where the volume of this name lies on its node. */
    static String folder(String name) {
        return FOLDER + name;
    }

    String name() {
        return object.getMetadata().getName();
    }

    /** Whether it is one of ours, by all that it says: what it names may be removed on its node. */
    boolean isOurs() {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations != null
                && DefaultClass.PROVISIONER.equals(annotations.get(MADE_BY))
                && NAME.matcher(name()).matches()
                && object.getSpec().getLocal() != null
                && folder(name()).equals(object.getSpec().getLocal().getPath());
    }

    /** Whether its claim is gone, and with that what is in it. */
    boolean isToGo() {
        return isOurs()
                && "Delete".equals(object.getSpec().getPersistentVolumeReclaimPolicy())
                && object.getStatus() != null
                && "Released".equals(object.getStatus().getPhase());
    }

    /** The node that it lies on. */
    Optional<String> node() {
        var affinity = object.getSpec().getNodeAffinity();
        return affinity == null || affinity.getRequired() == null
                ? Optional.empty()
                : affinity.getRequired().getNodeSelectorTerms().stream()
                        .flatMap(term -> term.getMatchExpressions().stream())
                        .filter(expression -> expression.getKey().equals(HOSTNAME))
                        .flatMap(expression -> expression.getValues().stream())
                        .findFirst();
    }
}
