package vmlab.diagnose;

import static vmlab.diagnose.Cause.certain;
import static vmlab.diagnose.Cause.passing;
import static vmlab.diagnose.Detector.fact;
import static vmlab.diagnose.Detector.said;

import java.util.List;
import java.util.Optional;
import vmlab.run.Event;

/** What befalls a node's virtual machine from outside. */
final class MachineCauses {

    private static final long LITTLE_MEMORY = 128L << 20;
    private static final long LITTLE_DISK = 64L << 20;

    private static final Detector DISK_IS_FULL =
            evidence -> Optional.of(evidence.host().disk())
                    .filter(free -> free < LITTLE_DISK)
                    .map(free -> (free >> 20) + " MiB are free where the lab's disks lie");

    static final List<Cause> ALL = List.of(
            certain(
                    "accelerator-unusable",
                    "the accelerator does not work on this machine",
                    "write accel: tcg in cluster.yaml, or see what lab doctor says of KVM",
                    said(
                            Source.QEMU,
                            "Could not access KVM|failed to initialize kvm|KVM internal error|ioctl\\(KVM_|kvm_init")),
            certain(
                    "host-out-of-memory",
                    "this machine has no memory left for the node",
                    "give the nodes less memory in cluster.yaml, or free some here",
                    said(Source.QEMU, "Cannot allocate memory|cannot set up guest memory")
                            .or(fact(
                                            e -> e.host().memory() < LITTLE_MEMORY,
                                            "less than 128 MiB of memory is available here")
                                    .and(ended("crashed|failed|destroyed")))),
            certain(
                    "host-disk-full",
                    "this machine's disk is full; QEMU paused the node",
                    "free some disk, then virsh resume the machine, or lab down and lab up",
                    DISK_IS_FULL
                            .and(state("paused"))
                            .or(ended("ioerror|io error").and(state("paused")))),
            passing(
                    "no-room-in-cluster",
                    "no node of the cluster can take the machine",
                    "give the node less memory or fewer processors in cluster.yaml, or make room in the cluster",
                    engine("Unschedulable|FailedScheduling")
                            .unless(engine("unbound immediate PersistentVolumeClaims"))),
            passing(
                    "claim-not-bound",
                    "the cluster does not make the node's disk",
                    "see why with kubectl describe pvc; engine.kubevirt.storageClass names another class",
                    engine("ProvisioningFailed|unbound immediate PersistentVolumeClaims|FailedBinding|FailedMount")),
            passing(
                    "cluster-quota",
                    "a quota of the cluster's keeps the machine or the gateway from being made",
                    "make the lab smaller, or ask an administrator for a larger quota",
                    engine("exceeded quota")),
            passing(
                    "gateway-not-pulled",
                    "the cluster can't pull the image of the lab's gateway",
                    "check that its nodes reach the registry of engine.kubevirt.gateway and may pull from it",
                    engine("(Failed|BackOff|ErrImagePull|ImagePullBackOff) Pod/gateway: .*([Pp]ull|image)")),
            certain(
                    "kubevirt-failed",
                    "KubeVirt failed to run the node's machine",
                    "see its message; kubectl describe vmi in the lab's namespace says more",
                    engine(
                                    "SyncFailed VirtualMachineInstance/|Synchronizing with the Domain failed|container compute of Pod/\\S+ ended with exit status")
                            .and(ended("failed"))
                            .and(isOff())),
            certain(
                    "qemu-crashed",
                    "the node's QEMU ended by itself",
                    "see QEMU's log; lab up starts the node again",
                    ended("crashed|failed").and(isOff())),
            certain(
                    "switched-off",
                    "the node's virtual machine was switched off",
                    "lab up switches it on again",
                    ended("destroyed|shutdown|migrated|saved").and(isOff())),
            certain("machine-off", "the node's virtual machine does not run", "lab up switches it on", isOff()),
            passing("host-disk-low", "the disk of this machine is all but full", "free some disk", DISK_IS_FULL));

    private MachineCauses() {}

    private static Detector engine(String regex) {
        return said(Source.ENGINE, regex);
    }

    private static Detector isOff() {
        return state("shut ?off|shutoff|crashed|gone");
    }

    private static Detector state(String regex) {
        return evidence -> Optional.of(evidence.machine())
                .filter(state -> state.matches(regex))
                .map(state -> "the machine's state: " + state);
    }

    /** The machine's last change of state was to stop, or to pause, for such a reason. */
    private static Detector ended(String reasonRegex) {
        return evidence -> evidence.last(Event.Lifecycle.class)
                .filter(change -> change.state().matches("stopped|crashed|suspended|shutdown"))
                .filter(change -> change.reason().matches(reasonRegex))
                .map(change -> "at " + change.at() + ": " + change.state() + ", " + change.reason());
    }
}
