package vmlab.kubevirt;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vmlab.engine.DiskSnapshots;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Mark;
import vmlab.run.Reading;

/**
 * Snapshots of claims by KubeVirt's own controllers (VirtualMachineSnapshot, VirtualMachineRestore, snapshot.kubevirt.io/v1beta1), for which
 * the driver of the storage class has to have a VolumeSnapshotClass.
 */
record KubevirtSnapshots(ClusterApi api, Settings settings) implements DiskSnapshots {

    /** On a snapshot of one machine: the name of the lab's. */
    private static final String NAME = "lab.k0s/snapshot";

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public List<Saved> of(String lab) {
        Map<String, Map<String, AppliedSpec>> nodes = new TreeMap<>();
        Map<String, Instant> moments = new LinkedHashMap<>();
        for (GenericKubernetesResource each : api.ours(Kinds.SNAPSHOT)) {
            Optional<Mark> mark = Signs.mark(each).filter(its -> its.lab().equals(lab));
            Optional<String> name =
                    mark.map(its -> each.getMetadata().getAnnotations().get(NAME));
            if (name.isPresent() && isReady(each)) {
                nodes.computeIfAbsent(name.get(), none -> new TreeMap<>())
                        .put(mark.get().node(), Signs.made(each));
                moments.merge(
                        name.get(),
                        Instant.parse(each.getMetadata().getCreationTimestamp()),
                        (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        List<Saved> all = new ArrayList<>();
        nodes.forEach((name, its) -> all.add(new Saved(name, moments.get(name), its)));
        return all;
    }

    @Override
    public void take(String machine, String snapshot, Mark mark, AppliedSpec made) {
        Place place = Place.ofMachine(machine, settings);
        GenericKubernetesResource object = object(
                Kinds.SNAPSHOT,
                place,
                snapshot,
                JSON.createObjectNode().set("source", reference(place)),
                Signs.annotations(mark, made),
                mark);
        api.apply(object, mark);
    }

    @Override
    public Reading<String> look(String machine, String snapshot) {
        Optional<GenericKubernetesResource> found = api.find(Kinds.SNAPSHOT, at(machine, snapshot));
        if (found.isEmpty()) {
            return new Reading.Never<>("it is gone", "take another");
        }
        GenericKubernetesResource its = found.get();
        if (isReady(its)) {
            return MachineState.text(its, "status", "snapshotVolumes", "includedVolumes")
                            .contains(DiskObjects.STATE)
                    ? new Reading.Ready<>("")
                    : new Reading.Never<>(
                            "KubeVirt left the node's disk out of it",
                            "the driver of its storage class needs a VolumeSnapshotClass: kubectl get volumesnapshotclass");
        }
        String trouble = MachineState.text(its, "status", "error", "message");
        return MachineState.text(its, "status", "phase").equals("Failed")
                ? new Reading.Never<>(
                        trouble.isEmpty() ? "KubeVirt gave it up" : trouble, "see kubectl describe vmsnapshot")
                : new Reading.NotYet<>(trouble.isEmpty() ? "KubeVirt takes it" : trouble);
    }

    private static boolean isReady(GenericKubernetesResource snapshot) {
        return MachineState.text(snapshot, "status", "readyToUse").equals("true");
    }

    @Override
    public void restore(String machine, String snapshot, Mark mark) {
        Place place = Place.ofMachine(machine, settings);
        ObjectNode spec = JSON.createObjectNode()
                .put("virtualMachineSnapshotName", place.with(snapshot))
                // The claim keeps its name, by which the machine's description knows it.
                .put("volumeRestorePolicy", "InPlace");
        spec.set("target", reference(place));
        ClusterApi.remove(api.at(Kinds.RESTORE, at(machine, snapshot)));
        api.apply(object(Kinds.RESTORE, place, snapshot, spec, Signs.annotations(mark), mark), mark);
    }

    @Override
    public Reading<String> lookRestored(String machine, String snapshot) {
        Optional<GenericKubernetesResource> found = api.find(Kinds.RESTORE, at(machine, snapshot));
        boolean isComplete = found.filter(
                        its -> MachineState.text(its, "status", "complete").equals("true"))
                .isPresent();
        return isComplete
                ? new Reading.Ready<>("")
                : new Reading.NotYet<>(found.stream()
                        .flatMap(its -> MachineState.list(its, "status", "conditions").stream())
                        .map(condition -> String.valueOf(condition.getOrDefault("reason", "")))
                        .filter(reason -> !reason.isEmpty())
                        .findFirst()
                        .orElse("KubeVirt puts the disk back"));
    }

    @Override
    public void remove(String machine, String snapshot) {
        ClusterApi.remove(api.at(Kinds.RESTORE, at(machine, snapshot)));
        ClusterApi.remove(api.at(Kinds.SNAPSHOT, at(machine, snapshot)));
    }

    private Place at(String machine, String snapshot) {
        Place place = Place.ofMachine(machine, settings);
        return new Place(place.namespace(), place.with(snapshot));
    }

    private static ObjectNode reference(Place machine) {
        return JSON.createObjectNode()
                .put("apiGroup", "kubevirt.io")
                .put("kind", Kinds.MACHINE.getKind())
                .put("name", machine.name());
    }

    private static GenericKubernetesResource object(
            ResourceDefinitionContext kind,
            Place machine,
            String snapshot,
            ObjectNode spec,
            Map<String, String> annotations,
            Mark mark) {
        ObjectNode root = JSON.createObjectNode()
                .put("apiVersion", Kinds.apiVersion(kind))
                .put("kind", kind.getKind());
        ObjectNode metadata =
                root.putObject("metadata").put("namespace", machine.namespace()).put("name", machine.with(snapshot));
        metadata.set("labels", JSON.valueToTree(Signs.labels(mark)));
        ObjectNode all = metadata.putObject("annotations").put(NAME, snapshot);
        annotations.forEach(all::put);
        root.set("spec", spec);
        return JSON.convertValue(root, GenericKubernetesResource.class);
    }
}
