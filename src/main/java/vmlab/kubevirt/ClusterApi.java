package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import vmlab.plan.Mark;
import vmlab.run.LabFailure;

/** The few things that lab does with objects of a cluster. What is another's is neither changed nor removed. */
record ClusterApi(KubernetesClient client) {

    private static final String MANAGER = "lab";

    private static final int SECONDS_TO_GO = 60;

    /** All objects of a kind that carry our label, in all namespaces. */
    List<GenericKubernetesResource> ours(ResourceDefinitionContext kind) {
        return ClusterErrors.call("list " + kind.getPlural(), () -> {
            GenericKubernetesResourceList list = client.genericKubernetesResources(kind)
                    .inAnyNamespace()
                    .withLabel(Signs.LAB)
                    .list();
            return list.getItems();
        });
    }

    Optional<GenericKubernetesResource> find(ResourceDefinitionContext kind, Place place) {
        return ClusterErrors.call(
                "look at " + place.name(),
                () -> Optional.ofNullable(at(kind, place).get()));
    }

    Resource<GenericKubernetesResource> at(ResourceDefinitionContext kind, Place place) {
        return client.genericKubernetesResources(kind)
                .inNamespace(place.namespace())
                .withName(place.name());
    }

    /** Makes an object, or changes it to what it should be now; the API server holds it strictly against its schema. */
    void apply(HasMetadata object, Mark mark) {
        Resource<HasMetadata> there = client.resource(object);
        String name = object.getKind() + " " + object.getMetadata().getName();
        ClusterErrors.call("make " + name, () -> {
            found(there, mark);
            return there.fieldValidation(Validation.STRICT)
                    .fieldManager(MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        });
    }

    /** Makes an object unless it is there; returns the one that is there then. */
    <T extends HasMetadata> T make(T object, Mark mark) {
        String name = object.getKind() + " " + object.getMetadata().getName();
        return ClusterErrors.call("make " + name, () -> {
            Resource<T> there = client.resource(object);
            return found(there, mark)
                    .orElseGet(() -> there.fieldValidation(Validation.STRICT).create());
        });
    }

    /** The one that is there, and ours. One that is on its way out is waited for; a namespace says itself what holds it. */
    private static <T extends HasMetadata> Optional<T> found(Resource<T> there, Mark mark) {
        Optional<T> found = Optional.ofNullable(there.get());
        found.ifPresent(it -> requireOurs(it, mark));
        boolean isGoing = found.filter(it -> !(it instanceof Namespace))
                .filter(it -> it.getMetadata().getDeletionTimestamp() != null)
                .isPresent();
        if (isGoing) {
            awaitEnd(
                    there,
                    found.get().getKind() + " " + found.get().getMetadata().getName());
        }
        return isGoing ? Optional.empty() : found;
    }

    /** Waits until an object that is on its way out is gone; {@code what} names it. */
    static <T extends HasMetadata> void awaitEnd(Resource<T> there, String what) {
        try {
            there.waitUntilCondition(Objects::isNull, SECONDS_TO_GO, TimeUnit.SECONDS);
        } catch (KubernetesClientTimeoutException slow) {
            throw LabFailure.lab(
                            what + " does not go",
                            "it is still there after " + SECONDS_TO_GO + " s",
                            "see what holds it: kubectl describe, in the lab's namespace")
                    .causedBy(slow);
        }
    }

    /** Makes a claim, or lets the one that is there grow; it never shrinks. KubeVirt then makes the disk on it larger. */
    void makeOrGrow(PersistentVolumeClaim claim, Mark mark) {
        Quantity size = DiskObjects.size(claim);
        if (DiskObjects.size(make(claim, mark)).compareTo(size) < 0) {
            String name = claim.getMetadata().getName();
            ClusterErrors.call("give " + name + " " + size, () -> client.persistentVolumeClaims()
                    .inNamespace(claim.getMetadata().getNamespace())
                    .withName(name)
                    .edit(found -> DiskObjects.withSize(found, size)));
        }
    }

    /** Removes an object that carries our mark, and says whether there was one; what does not carry it stays. */
    static <T extends HasMetadata> boolean remove(Resource<T> there) {
        return ClusterErrors.call("remove an object", () -> {
            Optional<T> ours = Optional.ofNullable(there.get())
                    .filter(found -> Signs.mark(found).isPresent());
            ours.ifPresent(found -> there.delete());
            return ours.isPresent();
        });
    }

    static void requireOurs(HasMetadata found, Mark mark) {
        boolean isOurs =
                Signs.mark(found).filter(its -> its.id().equals(mark.id())).isPresent();
        if (!isOurs) {
            throw another(found);
        }
    }

    static LabFailure another(HasMetadata found) {
        String name = found.getMetadata().getName();
        return LabFailure.input(
                found.getKind() + " " + name + " is another's",
                Signs.mark(found)
                        .map(its -> "it is of lab " + its.lab() + " in " + its.home())
                        .orElse("it does not carry the mark of lab"),
                "give the lab another name");
    }

    /** Tells KubeVirt to do something with a machine. One that is off or gone already is fine where {@code mayBeGone}. */
    void order(ResourceDefinitionContext kind, Place place, String verb, Map<String, Object> how, boolean mayBeGone) {
        String path = "/apis/subresources.kubevirt.io/v1/namespaces/%s/%s/%s/%s"
                .formatted(place.namespace(), kind.getPlural(), place.name(), verb);
        try {
            client.raw(path, "PUT", how);
        } catch (KubernetesClientException error) {
            if (!mayBeGone || !ClusterErrors.isGone(error)) {
                throw ClusterErrors.failure(verb + " machine " + place.name(), error);
            }
        }
    }
}
