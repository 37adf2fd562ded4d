package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What whoever brings up labs must be allowed, in all namespaces: labs get namespaces of their own. */
public final class Rights {

    private static final String FILE = "role.yaml";

    private Rights() {}

    /** All of them, as a ClusterRole. */
    public static String role() {
        try (InputStream in = Rights.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Those that {@code client} has not: {@code create namespaces}. */
    static List<String> missing(KubernetesClient client) {
        List<String> missing = new ArrayList<>();
        for (PolicyRule rule :
                Serialization.unmarshal(role(), ClusterRole.class).getRules()) {
            String group = rule.getApiGroups().getFirst();
            for (String resource : rule.getResources()) {
                rule.getVerbs().stream()
                        .filter(verb -> !isAllowed(client, group, resource, verb))
                        .forEach(verb -> missing.add(verb + " " + resource));
            }
        }
        return missing;
    }

    private static boolean isAllowed(KubernetesClient client, String group, String resource, String verb) {
        int slash = resource.indexOf('/');
        SelfSubjectAccessReview asked = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(group)
                .withResource(slash < 0 ? resource : resource.substring(0, slash))
                .withSubresource(slash < 0 ? null : resource.substring(slash + 1))
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(asked)
                .getStatus()
                .getAllowed();
    }
}
