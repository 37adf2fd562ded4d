package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vmlab.image.BootImage;
import vmlab.machine.Machine;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.plan.NetworkPlan;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.power.Down;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

/**
 * The same cluster.yaml under ten names, started at the same instant: whatever is in it, each lab gets what no other has. For files that are
 * drawn by a seed, which stands in the test's name. On libvirt's built-in test driver.
 */
class TenLabsTest extends OnTestDriver {

    private static final int LABS = 10;

    @TestFactory
    List<DynamicTest> inOneHome() {
        return seeds(1, 3, lab -> home);
    }

    @TestFactory
    List<DynamicTest> inAHomeEach() {
        return seeds(101, 2, lab -> home.resolve("home" + lab));
    }

    private List<DynamicTest> seeds(int first, int count, IntFunction<Path> homes) {
        return IntStream.range(first, first + count)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> startAndTakeDown(seed, homes)))
                .toList();
    }

    private void startAndTakeDown(int seed, IntFunction<Path> homes) throws Exception {
        String rest = draw(new Random(seed));
        List<Site> sites = new ArrayList<>();
        List<Callable<Plan>> ups = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(LABS);
        for (int lab = 0; lab < LABS; lab++) {
            Site site = new Site(hypervisor, Files.createDirectories(homes.apply(lab)), true);
            Plan plan = choose(cluster("lab" + lab, rest));
            sites.add(site);
            ups.add(() -> {
                start.await();
                return define(site, plan).plan();
            });
        }
        List<Plan> plans = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(LABS)) {
            for (var up : threads.invokeAll(ups)) {
                plans.add(up.get());
            }
        }
        assertThat(hypervisor.inventory().networks())
                .extracting(NetworkFound::name, NetworkFound::cidr)
                .containsExactlyInAnyOrderElementsOf(networks(plans).stream()
                        .map(network -> tuple(network.name(), network.cidr()))
                        .toList());
        nobodySharesAnything(plans);
        for (int lab = 0; lab < LABS; lab++) {
            new Down(sites.get(lab)).run("lab" + lab, new Run(event -> {}));
        }
    }

    private static void nobodySharesAnything(List<Plan> plans) {
        List<NetworkPlan> networks = networks(plans);
        for (NetworkPlan one : networks) {
            assertThat(networks)
                    .filteredOn(other -> other.cidr().overlaps(one.cidr()))
                    .containsExactly(one);
        }
        distinct(networks.stream().map(NetworkPlan::bridge).toList());
        distinct(networks.stream().map(NetworkPlan::gateway).toList());
        distinct(networks.stream().flatMap(network -> network.ula().stream()).toList());
        List<NodePlan> nodes =
                plans.stream().flatMap(plan -> plan.nodes().stream()).toList();
        distinct(nodes.stream().map(NodePlan::domain).toList());
        distinct(nodes.stream().map(NodePlan::uuid).toList());
        distinct(nodes.stream().map(NodePlan::mac).toList());
        distinct(nodes.stream().map(NodePlan::address).toList());
    }

    private static void distinct(List<?> things) {
        assertThat(things).doesNotHaveDuplicates();
    }

    private static List<NetworkPlan> networks(List<Plan> plans) {
        return plans.stream().flatMap(plan -> plan.networks().stream()).toList();
    }

    /** All that a cluster.yaml says but name and image. Names with dashes are those that could be mistaken for one another. */
    private static String draw(Random random) {
        int further = random.nextInt(3);
        Set<String> names = new HashSet<>();
        for (int node = random.nextInt(4); node >= 0; node--) {
            names.add(List.of("n", "n-1", "lab1-n", "lab1", "cp").get(random.nextInt(5)));
        }
        List<String> nodes = new ArrayList<>();
        for (String name : names) {
            nodes.add("{name: " + name + ", role: " + (nodes.isEmpty() ? "controller+worker" : "worker") + "}");
        }
        return "nodes: " + nodes + "\nnetworks: "
                + IntStream.range(0, further)
                        .mapToObj(i -> "{name: net" + i + "}")
                        .collect(Collectors.joining(", ", "[", "]"))
                + (random.nextBoolean() && Machine.hasIpv6() ? "\nnetwork: {dualStack: true}\n" : "\n");
    }

    private Cluster cluster(String name, String rest) throws Exception {
        Files.writeString(home.resolve("debian.yaml"), "");
        return Specs.readCluster(Files.writeString(
                home.resolve(name + ".yaml"), "apiVersion: lab/v1\nname: " + name + "\nimage: debian.yaml\n" + rest));
    }

    private Plan choose(Cluster cluster) {
        return new ChooseNetworks(cluster, hypervisor.inventory()).plan();
    }

    private Bootable define(Site site, Plan plan) throws InterruptedException {
        Bootable lab = new Bootable(
                plan, Accelerator.TCG, Inventory.EMPTY, new BootImage("debian", "abc", home, "", Map.of()));
        return new Run(event -> {}).perform(new DefineNetwork(site), lab);
    }

    @Test
    void ofTwoLabsOfOneNameThatBeginAtOnceInTwoHomesOneIsRefused() throws Exception {
        Plan plan = choose(cluster("single", "nodes: [{name: cp}]\n"));
        Site first = new Site(hypervisor, Files.createDirectories(home.resolve("first")), true);
        Site second = new Site(hypervisor, Files.createDirectories(home.resolve("second")), true);
        // Begun before the first one had anything, as far as libvirt could tell.
        second.mark("single", "", "");
        define(first, plan);
        String id = first.identity("single").orElseThrow().id();

        assertThatThrownBy(() -> libvirt.createNetwork(plan, second.mark("single", "", "")))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).contains("already exists with uuid"));
        assertThatThrownBy(() -> define(second, plan))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.why())
                        .contains(id, first.home().toString()));

        assertThat(hypervisor.inventory().network())
                .hasValueSatisfying(network -> assertThat(network.mark().id()).isEqualTo(id));
    }
}
