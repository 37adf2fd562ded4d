package vmlab.kubevirt;

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

    @Override
    public List<Saved> of(String lab) {
        Map<String, Map<String, AppliedSpec>> nodes = new TreeMap<>();
        Map<String, Instant> moments = new LinkedHashMap<>();
        for (GenericKubernetesResource each : api.ours(Kinds.SNAPSHOT)) {
            name(each, lab).filter(name -> isReady(each)).ifPresent(name -> {
                nodes.computeIfAbsent(name, none -> new TreeMap<>())
                        .put(Signs.mark(each).orElseThrow().node(), Signs.made(each));
                moments.merge(
                        name,
                        Instant.parse(each.getMetadata().getCreationTimestamp()),
                        (one, other) -> one.isBefore(other) ? one : other);
            });
        }
        List<Saved> all = new ArrayList<>();
        nodes.forEach((name, its) -> all.add(new Saved(name, moments.get(name), its)));
        return all;
    }

    @Override
    public void take(String machine, String snapshot, Mark mark, AppliedSpec made) {
        Map<String, Object> spec = Map.of("source", reference(Place.ofMachine(machine, settings)));
        Map<String, String> annotations = Signs.annotations(mark, made);
        api.apply(object(Kinds.SNAPSHOT, at(machine, snapshot), snapshot, spec, annotations, mark), mark);
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
        Place restored = at(machine, snapshot);
        Map<String, Object> spec = Map.of(
                "virtualMachineSnapshotName",
                restored.name(),
                "target",
                reference(Place.ofMachine(machine, settings)),
                // The claim keeps its name, by which the machine's description knows it.
                "volumeRestorePolicy",
                "InPlace");
        ClusterApi.remove(api.at(Kinds.RESTORE, restored));
        api.apply(object(Kinds.RESTORE, restored, snapshot, spec, Map.of(), mark), mark);
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
    public void remove(String lab, String snapshot) {
        for (ResourceDefinitionContext kind : List.of(Kinds.RESTORE, Kinds.SNAPSHOT)) {
            api.ours(kind).stream()
                    .filter(each -> name(each, lab).filter(snapshot::equals).isPresent())
                    .map(each -> new Place(
                            each.getMetadata().getNamespace(),
                            each.getMetadata().getName()))
                    .forEach(place -> ClusterApi.remove(api.at(kind, place)));
        }
    }

    /** The name of the snapshot that an object is part of; empty where it is none of {@code lab}. */
    private static Optional<String> name(GenericKubernetesResource object, String lab) {
        return Signs.mark(object)
                .filter(mark -> mark.lab().equals(lab))
                .map(mark -> object.getMetadata().getAnnotations().get(NAME));
    }

    private Place at(String machine, String snapshot) {
        Place place = Place.ofMachine(machine, settings);
        return new Place(place.namespace(), place.with(snapshot));
    }

    private static Map<String, String> reference(Place machine) {
        return Map.of("apiGroup", "kubevirt.io", "kind", Kinds.MACHINE.getKind(), "name", machine.name());
    }

    /** One of a machine's, with the annotations that it has besides the mark. */
    private static GenericKubernetesResource object(
            ResourceDefinitionContext kind,
            Place place,
            String snapshot,
            Map<String, Object> spec,
            Map<String, String> annotations,
            Mark mark) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(Kinds.apiVersion(kind));
        object.setKind(kind.getKind());
        object.setMetadata(Signs.on(mark, place.namespace(), place.name())
                .addToAnnotations(annotations)
                .addToAnnotations(NAME, snapshot)
                .build());
        object.setAdditionalProperty("spec", spec);
        return object;
    }
}
