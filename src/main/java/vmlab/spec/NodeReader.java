package vmlab.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one entry of {@code nodes}. */
final class NodeReader {

    private static final int MOST_CPUS = 64;
    private static final int MOST_ALIKE = 99;
    private static final Bytes LEAST_MEMORY = Bytes.gib(1);
    private static final Bytes LEAST_CONTROLLER_MEMORY = Bytes.mib(1536);
    private static final Bytes LEAST_DISK = Bytes.gib(2);
    private static final Type<Bytes> SIZE = Type.text().as(Bytes::parse);

    private final boolean alone;
    private final List<String> networks;

    private NodeReader(boolean alone, List<String> networks) {
        this.alone = alone;
        this.networks = networks;
    }

    /** An entry that is the only one, or is not: alone, it needs no role. {@code networks} are the further ones there are. */
    static Type<NodeEntry> of(boolean alone, List<String> networks) {
        return Type.mapping(new NodeReader(alone, networks)::read);
    }

    private NodeEntry read(Fields fields) {
        var name = fields.require("name", Names.NODE, "cp");
        var count = fields.read("count", Type.number(1, MOST_ALIKE));
        var role = role(fields, count.orElse(1));
        var model = new Node(
                name.orElse(""),
                role.orElse(Role.SINGLE),
                fields.read("cpus", Type.number(1, MOST_CPUS)).orElse(Node.DEFAULT_CPUS),
                memory(fields, role),
                fields.read("disk", SIZE.as(NodeReader::disk)).orElse(Node.DEFAULT_DISK),
                fields.read("boot", Type.oneOf(List.of(BootMode.values()))).orElse(BootMode.PXE),
                fields.read("labels", Labels.TYPE).orElse(Map.of()),
                fields.read("taints", KubeletOptions.TAINTS).orElse(List.of()),
                fields.read("kubeletArgs", KubeletOptions.ARGUMENTS).orElse(List.of()),
                networks(fields),
                fields.read("address", Type.text().as(Cidr::parseAddress)));
        if (role.filter(Role.CONTROLLER::equals).isPresent()) {
            refuseKubeletOptions(fields);
        }
        return new NodeEntry(name, count, role, model, fields);
    }

    private Optional<Role> role(Fields fields, int count) {
        var type = Type.oneOf(List.of(Role.values()));
        if (alone && count == 1 && !fields.has("role")) {
            return Optional.of(Role.SINGLE);
        }
        return fields.require("role", type, "worker (or single, controller, controller+worker)");
    }

    /** In the order of the cluster's, so that the cards are in the same order on each node. */
    private List<String> networks(Fields fields) {
        var wanted = fields.read("networks", Type.listOf(Type.text().as(name -> {
            if (!networks.contains(name)) {
                throw new InvalidValue(
                        "'" + name + "' is none of the cluster's networks",
                        networks.isEmpty()
                                ? "write it at the top: networks: [{name: " + name + "}]"
                                : Suggestion.among(networks, name));
            }
            return name;
        })));
        return networks.stream()
                .filter(name -> wanted.isEmpty() || wanted.get().contains(name))
                .toList();
    }

    private static Bytes memory(Fields fields, Optional<Role> role) {
        return fields.read("memory", SIZE.as(memory -> {
                    if (memory.compareTo(LEAST_MEMORY) < 0) {
                        throw new InvalidValue(
                                memory + " is too little: the image lives in memory, and a kubelet beside it",
                                "at least " + LEAST_MEMORY);
                    }
                    if (role.filter(Role::isController).isPresent() && memory.compareTo(LEAST_CONTROLLER_MEMORY) < 0) {
                        throw new InvalidValue(
                                memory + " is too little for a control plane, which uses about 1.2GiB",
                                "at least " + LEAST_CONTROLLER_MEMORY + " with role " + role.get());
                    }
                    return memory;
                }))
                .orElse(Node.DEFAULT_MEMORY);
    }

    private static Bytes disk(Bytes disk) {
        if (disk.compareTo(LEAST_DISK) < 0) {
            throw new InvalidValue(
                    disk + " is too little: container images and etcd live there", "at least " + LEAST_DISK);
        }
        return disk;
    }

    private static void refuseKubeletOptions(Fields fields) {
        for (var key : List.of("labels", "taints", "kubeletArgs")) {
            if (fields.has(key)) {
                fields.problem(
                        key, "has no effect: role controller runs no kubelet", "remove it, or use controller+worker");
            }
        }
    }
}
