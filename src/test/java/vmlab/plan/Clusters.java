package vmlab.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import vmlab.spec.Accel;
import vmlab.spec.BootMode;
import vmlab.spec.Bytes;
import vmlab.spec.Cluster;
import vmlab.spec.Disks;
import vmlab.spec.GoldenUse;
import vmlab.spec.Network;
import vmlab.spec.Node;
import vmlab.spec.PodImages;
import vmlab.spec.Role;
import vmlab.spec.Rootfs;
import vmlab.spec.Storage;
import vmlab.spec.Timeouts;

/** Clusters for tests. */
public final class Clusters {

    private Clusters() {}

    /** A cluster of so many small nodes, the first of which is its controller. */
    public static Cluster ofNodes(String name, int count) {
        return cluster(
                name,
                IntStream.range(0, count)
                        .mapToObj(
                                i -> node(i, count == 1 ? Role.SINGLE : i == 0 ? Role.CONTROLLER_WORKER : Role.WORKER))
                        .toList());
    }

    /** A cluster of so many controllers that run pods. */
    public static Cluster ofControllers(String name, int count) {
        return cluster(
                name,
                IntStream.range(0, count)
                        .mapToObj(i -> node(i, Role.CONTROLLER_WORKER))
                        .toList());
    }

    private static Cluster cluster(String name, List<Node> nodes) {
        return new Cluster(
                name,
                Path.of("/images/debian.yaml"),
                Accel.TCG,
                Rootfs.RAM,
                Disks.SAFE,
                GoldenUse.NEVER,
                Storage.LOCAL,
                Network.DEFAULT,
                List.of(),
                List.of(),
                Map.of(),
                nodes,
                Optional.empty(),
                PodImages.NONE,
                List.of(),
                Timeouts.UNSAID,
                Optional.empty(),
                Path.of("/cluster.yaml"));
    }

    /** The same, with such disks. */
    public static Cluster withDisks(Cluster cluster, Disks disks) {
        return with(cluster, disks, cluster.nodes(), cluster.file());
    }

    /** The same, of these nodes. */
    public static Cluster withNodes(Cluster cluster, List<Node> nodes) {
        return with(cluster, cluster.disks(), nodes, cluster.file());
    }

    /** The same, of the file {@code file}. */
    public static Cluster withFile(Cluster cluster, Path file) {
        return with(cluster, cluster.disks(), cluster.nodes(), file);
    }

    /** The same with its first node only. */
    public static Cluster firstOf(Cluster cluster) {
        return withNodes(cluster, List.of(cluster.nodes().getFirst()));
    }

    /** The same, booting the image of {@code recipe}, on a network of its own. */
    public static Cluster booting(Cluster cluster, Path recipe, Network network) {
        return new Cluster(
                cluster.name(),
                recipe,
                cluster.accel(),
                cluster.rootfs(),
                cluster.disks(),
                cluster.golden(),
                cluster.storage(),
                network,
                cluster.networks(),
                cluster.ports(),
                cluster.k0sConfig(),
                cluster.nodes(),
                cluster.provision(),
                cluster.podImages(),
                cluster.tests(),
                cluster.timeouts(),
                cluster.engine(),
                cluster.file());
    }

    /** The node with so many processors. */
    public static Node withCpus(Node of, int cpus) {
        return new Node(
                of.name(),
                of.role(),
                cpus,
                of.memory(),
                of.disk(),
                of.boot(),
                of.labels(),
                of.taints(),
                of.kubeletArgs(),
                of.networks(),
                of.address());
    }

    /** The same with these labels and taints on each node. */
    public static Cluster relabelled(Cluster cluster, Map<String, String> labels, List<String> taints) {
        return withNodes(
                cluster,
                cluster.nodes().stream()
                        .map(node -> node(node, node.name(), labels, taints))
                        .toList());
    }

    /** The same, whose one node is called {@code name}. */
    public static Cluster called(Cluster cluster, String name) {
        Node only = node(cluster.nodes().getFirst(), name, Map.of(), List.of());
        return withNodes(cluster, List.of(only));
    }

    private static Node node(Node of, String name, Map<String, String> labels, List<String> taints) {
        return new Node(
                name,
                of.role(),
                of.cpus(),
                of.memory(),
                of.disk(),
                of.boot(),
                labels,
                taints,
                of.kubeletArgs(),
                of.networks(),
                of.address());
    }

    private static Cluster with(Cluster cluster, Disks disks, List<Node> nodes, Path file) {
        return new Cluster(
                cluster.name(),
                cluster.image(),
                cluster.accel(),
                cluster.rootfs(),
                disks,
                cluster.golden(),
                cluster.storage(),
                cluster.network(),
                cluster.networks(),
                cluster.ports(),
                cluster.k0sConfig(),
                nodes,
                cluster.provision(),
                cluster.podImages(),
                cluster.tests(),
                cluster.timeouts(),
                cluster.engine(),
                file);
    }

    /** The same, with a node that boots over TFTP. */
    public static Cluster overTftp(Cluster cluster, String name) {
        return booting(cluster, name, BootMode.TFTP);
    }

    /** The same with one node that starts so. */
    public static Cluster booting(Cluster cluster, String name, BootMode mode) {
        return withNodes(
                cluster,
                cluster.nodes().stream()
                        .map(node -> node.name().equals(name) ? booting(node, mode) : node)
                        .toList());
    }

    private static Node booting(Node of, BootMode mode) {
        return new Node(
                of.name(),
                of.role(),
                of.cpus(),
                of.memory(),
                of.disk(),
                mode,
                of.labels(),
                of.taints(),
                of.kubeletArgs(),
                of.networks(),
                of.address());
    }

    private static Node node(int index, Role role) {
        return new Node(
                "n" + index,
                role,
                1,
                Bytes.mib(16),
                Bytes.mib(64),
                BootMode.PXE,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
