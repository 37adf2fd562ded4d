package vmlab.spec;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster.yaml.
 *
 * <pre>{@code
 * apiVersion: lab/v1
 * name: demo
 * image: ../images/debian.yaml
 * accel: auto                  # auto | kvm | tcg
 * rootfs: ram                  # ram | shared
 * disks: safe                  # safe | fast
 * golden: auto                 # never | auto
 * storage: local               # local | none
 * network: {cidr: 10.77.0.0/24, mode: nat, dualStack: false}
 * networks: [{name: storage, mode: isolated}]
 * ports: ["8080:cp:30080", "8443:default/web:443"]
 * k0s: {config: {}}            # k0s ClusterConfig .spec, merged over the lab's defaults
 * nodes: [{name: cp}]
 * provision: {git: ./post-boot, ref: main}
 * images: [./app.tar, registry.example/db:3]
 * pull: missing                # never | missing
 * tests: [smoke, ./checks]
 * timeouts: {boot: 5m, ready: 15m}
 * engine: {kubevirt: {context: staging}}
 * }</pre>
 *
 * @param name {@code [a-z][a-z0-9-]{0,30}}
 * @param image the recipe, absolute
 * @param accel how processors are made
 * @param rootfs where the nodes' root file system lies
 * @param disks what nodes may rely on that was written
 * @param golden whether it is kept when it is Ready, to go on from there
 * @param storage what claims for volumes get
 * @param network the network between the nodes
 * @param networks those that nodes are on besides
 * @param ports those of this machine's loopback that lead into the cluster
 * @param k0sConfig of strings, booleans, longs, doubles, lists and maps; in the order of the file
 * @param nodes at least one, {@code count} expanded, in the order of the file
 * @param provision what the nodes pull and run on each boot
 * @param podImages what pods find to run
 * @param tests what {@code up} ends with, in this order
 * @param timeouts how long to wait
 * @param engine where it is to be, as {@code --connect} takes it; empty: on this machine
 * @param file where it was read from, absolute
 */
public record Cluster(
        String name,
        Path image,
        Accel accel,
        Rootfs rootfs,
        Disks disks,
        GoldenUse golden,
        Storage storage,
        Network network,
        List<FurtherNetwork> networks,
        List<Forwarding> ports,
        Map<String, Object> k0sConfig,
        List<Node> nodes,
        Optional<Provision> provision,
        PodImages podImages,
        List<Tests> tests,
        Timeouts timeouts,
        Optional<String> engine,
        Path file) {

    /** Copies its lists and maps. */
    public Cluster {
        networks = List.copyOf(networks);
        ports = List.copyOf(ports);
        k0sConfig = Collections.unmodifiableMap(new LinkedHashMap<>(k0sConfig));
        nodes = List.copyOf(nodes);
        tests = List.copyOf(tests);
    }

    /** The same cluster, booted from another image. */
    public Cluster withImage(Path recipe) {
        return new Cluster(
                name,
                AbsolutePath.of(recipe),
                accel,
                rootfs,
                disks,
                golden,
                storage,
                network,
                networks,
                ports,
                k0sConfig,
                nodes,
                provision,
                podImages,
                tests,
                timeouts,
                engine,
                file);
    }

    /** What is allowed and most likely not meant; for stderr. */
    public List<String> warnings() {
        return Warnings.of(this);
    }
}
