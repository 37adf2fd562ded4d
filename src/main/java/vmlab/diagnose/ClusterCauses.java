package vmlab.diagnose;

import static vmlab.diagnose.Cause.passing;
import static vmlab.diagnose.Detector.said;

import java.util.List;

/** What keeps a cluster whose API answers from being Ready. */
final class ClusterCauses {

    private static final Detector UNREGISTERED = said(Source.CLUSTER, "(has|have) not registered");

    static final List<Cause> ALL = List.of(
            passing(
                    "image-archive-missing",
                    "a container image is not on the node, and nothing may pull it",
                    "add the image's archive to images: in the recipe",
                    said(Source.CLUSTER, "ErrImageNeverPull|ImagePullBackOff|InvalidImageName")),
            passing(
                    "disk-pressure",
                    "the node is short of disk, so its kubelet runs no more pods",
                    "give the node a larger disk: in cluster.yaml",
                    said(Source.CLUSTER, "DiskPressure|disk pressure|disk-pressure")),
            passing(
                    "memory-pressure",
                    "the node is short of memory, so its kubelet runs no more pods",
                    "give the node more memory in cluster.yaml",
                    said(Source.CLUSTER, "MemoryPressure|memory pressure|memory-pressure")),
            passing(
                    "cni-not-ready",
                    "the node's pod network is not set up",
                    "see the pods of kube-system and lab logs LAB k0s for the CNI plugin",
                    said(Source.CLUSTER, "cni plugin not initialized|NetworkPluginNotReady|NetworkUnavailable")),
            passing(
                    "crashing-pod",
                    "a system pod crashes again and again",
                    "lab ssh, then: k0s kubectl -n kube-system logs --previous POD",
                    said(Source.CLUSTER, "CrashLoopBackOff|crashed [0-9]+ times")),
            passing(
                    "not-joined",
                    "the node has not joined the cluster",
                    "see lab logs LAB k0s of that node: it names what it cannot reach",
                    said(Source.JOIN, "token is taken|join token")
                            .and(UNREGISTERED)
                            .or(UNREGISTERED)));

    private ClusterCauses() {}
}
