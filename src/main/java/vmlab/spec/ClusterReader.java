package vmlab.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a cluster.yaml. */
final class ClusterReader {

    private static final Type<Duration> DURATION = Type.text().as(Timeouts::parse);

    private ClusterReader() {}

    static Type<Cluster> of(Path file) {
        return Type.mapping(fields -> read(file, fields));
    }

    private static final Path RECIPE = Path.of("../images/debian.yaml");

    private static Cluster read(Path file, Fields fields) {
        ApiVersion.require(ApiVersion.CLUSTER, fields);
        var name = fields.require("name", Names.NAME, "demo");
        var image = fields.require(
                "image",
                Neighbour.FILE,
                Shipped.insteadOf(RECIPE).orElse(RECIPE).toString());
        var accel = fields.read("accel", Type.oneOf(List.of(Accel.values())));
        var rootfs = fields.read("rootfs", Type.oneOf(List.of(Rootfs.values())));
        var disks = fields.read("disks", Type.oneOf(List.of(Disks.values())));
        var golden = fields.read("golden", Type.oneOf(List.of(GoldenUse.values())));
        var storage = fields.read("storage", Type.oneOf(List.of(Storage.values())));
        var k0s = fields.read("k0s", Type.mapping(ClusterReader::k0s));
        var config = k0s.orElse(Map.of());
        var names = FurtherNetworksReader.names(fields);
        var entries = NodesReader.read(fields, names);
        var nodes = entries.stream().flatMap(entry -> entry.expand().stream()).toList();
        fields.value("k0s")
                .flatMap(value -> value instanceof Value.Entries its
                        ? Optional.ofNullable(its.byKey().get("config"))
                        : Optional.empty())
                .ifPresent(
                        entry -> fields.also(problems -> K0sConfigRules.check(entry.value(), nodes.size(), problems)));
        var network =
                fields.read("network", NetworkReader.of(nodes.size(), config)).orElse(Network.DEFAULT);
        if (!network.dualStack() && NetworkReader.dualStackOfK0s(config).equals(Optional.of(true))) {
            fields.problem(
                    "k0s",
                    "config turns dual stack on, and no node has an IPv6 address",
                    "write network: {dualStack: true}");
        }
        AddressRules.check(entries, network);
        var networks = fields.read("networks", FurtherNetworksReader.of(network, nodes.size(), config))
                .orElse(List.of());
        var ports = ForwardingsReader.read(fields, nodes);
        return new Cluster(
                name.orElse(""),
                image.orElse(file),
                accel.orElse(Accel.AUTO),
                rootfs.orElse(Rootfs.RAM),
                disks.orElse(Disks.SAFE),
                golden.orElse(GoldenUse.AUTO),
                storage.orElse(Storage.LOCAL),
                network,
                networks,
                ports,
                config,
                nodes,
                fields.read("provision", ProvisionReader.in(file)),
                PodImagesReader.read(fields),
                tests(fields, nodes),
                fields.read("timeouts", Type.mapping(ClusterReader::timeouts)).orElse(Timeouts.UNSAID),
                fields.read("engine", EngineReader.TYPE),
                AbsolutePath.of(file));
    }

    private static List<Tests> tests(Fields fields, List<Node> nodes) {
        var tests = fields.read("tests", Type.listOf(TestsReader.ONE)).orElse(List.of());
        long controllers =
                nodes.stream().filter(node -> node.role().isController()).count();
        if (tests.contains(Suite.HA) && controllers < Suite.HA_CONTROLLERS) {
            fields.problem(
                    "tests",
                    "ha takes the power from one of " + controllers + " controllers: etcd would not go on",
                    "at least " + Suite.HA_CONTROLLERS + " controllers, or no ha");
        }
        return tests;
    }

    private static Map<String, Object> k0s(Fields fields) {
        var config = fields.read("config", FreeForm.MAP).orElse(Map.of());
        if (config.containsKey("spec") && config.containsKey("apiVersion")) {
            fields.problem("config", "is a whole ClusterConfig", "only what is below its spec: belongs here");
        }
        return config;
    }

    private static Timeouts timeouts(Fields fields) {
        return new Timeouts(
                fields.read("boot", DURATION), fields.read("ready", DURATION), fields.read("drain", DURATION));
    }
}
