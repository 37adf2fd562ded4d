package vmlab.kube.storage;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;

/** Tells users why a claim has no volume, where {@code kubectl describe pvc} shows it; once each. */
final class Complaints {

    private final KubernetesClient client;
    private final Set<String> made = new HashSet<>();

    Complaints(KubernetesClient client) {
        this.client = client;
    }

    void make(Claim claim, String why) {
        if (!made.add(claim.volumeName() + why)) {
            return;
        }
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        client.v1()
                .events()
                .inNamespace(claim.namespace())
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withGenerateName(claim.name() + ".")
                        .withNamespace(claim.namespace())
                        .endMetadata()
                        .withType("Warning")
                        .withReason("ProvisioningFailed")
                        .withMessage(why)
                        .withFirstTimestamp(now)
                        .withLastTimestamp(now)
                        .withCount(1)
                        .withNewSource()
                        .withComponent(DefaultClass.PROVISIONER)
                        .endSource()
                        .withNewInvolvedObject()
                        .withApiVersion("v1")
                        .withKind("PersistentVolumeClaim")
                        .withNamespace(claim.namespace())
                        .withName(claim.name())
                        .withUid(claim.object().getMetadata().getUid())
                        .endInvolvedObject()
                        .build())
                .create();
    }
}
