package vmlab.suite;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.UUID;
import vmlab.kube.KubeApi;

/** An empty ConfigMap, by which a suite sees who takes a write, and who knows of it. */
record Written(String name) {

    static final String NAMESPACE = "default";

    /** One that nobody has made yet. */
    static Written by(String suite) {
        return new Written("lab-" + suite + "-" + UUID.randomUUID().toString().substring(0, 8));
    }

    void create(KubeApi api) {
        api.client().resource(configMap()).create();
    }

    boolean isKnownTo(KubeApi api) {
        return api.client().configMaps().inNamespace(NAMESPACE).withName(name).get() != null;
    }

    void remove(KubeApi api) {
        api.client().resource(configMap()).delete();
    }

    private ConfigMap configMap() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .build();
    }
}
