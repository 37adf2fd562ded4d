package vmlab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.Network;
import vmlab.spec.Node;
import vmlab.spec.Role;

/** What an edit of cluster.yaml comes to. */
class EditsTest {

    private static final Cidr NETWORK = Cidr.parse("10.77.0.0/24");

    private static AppliedSpec made(NodePlan node) {
        return AppliedSpec.of(node, "image-one", node.spec().role().isController() ? "config" : "");
    }

    /** What libvirt has of a cluster that is up. */
    private static Inventory up(Cluster cluster) {
        Plan plan = Plan.of(cluster, NETWORK);
        Map<String, String> addresses = new LinkedHashMap<>();
        plan.nodes().forEach(n -> addresses.put(n.name(), n.address().getHostAddress()));
        return new Inventory(
                List.of(new NetworkFound(
                        plan.network().name(),
                        new Mark(plan.lab(), "id", "/home", "", plan.network().hash(), "1"),
                        true,
                        NETWORK,
                        addresses)),
                plan.nodes().stream().map(n -> domain(plan, n, true)).toList());
    }

    static DomainFound domain(Plan plan, NodePlan node, boolean running) {
        return new DomainFound(
                node.domain(),
                new Mark(plan.lab(), "id", "/home", node.name(), "", "1"),
                made(node),
                running,
                running ? "running" : "shutoff",
                node.spec().memory(),
                1,
                Accelerator.TCG);
    }

    private static List<Action> edits(Cluster edited, Inventory found) {
        return Edits.of(Plan.of(edited, NETWORK).keeping(found), found, EditsTest::made);
    }

    private static Cluster with(Cluster cluster, List<Node> nodes) {
        return with(cluster, cluster.network(), nodes);
    }

    private static Cluster with(Cluster cluster, Network network, List<Node> nodes) {
        return Clusters.booting(Clusters.withNodes(cluster, nodes), cluster.image(), network);
    }

    private static Cluster edit(Cluster cluster, String node, UnaryOperator<Node> change) {
        return with(
                cluster,
                cluster.nodes().stream()
                        .map(n -> n.name().equals(node) ? change.apply(n) : n)
                        .toList());
    }

    private static Node node(Node of, Role role, int cpus, Bytes memory, Bytes disk, Map<String, String> labels) {
        return new Node(
                of.name(),
                role,
                cpus,
                memory,
                disk,
                of.boot(),
                labels,
                of.taints(),
                of.kubeletArgs(),
                of.networks(),
                of.address());
    }

    private static Node memory(Node of, Bytes memory) {
        return node(of, of.role(), of.cpus(), memory, of.disk(), of.labels());
    }

    private static Cluster without(Cluster cluster, String node) {
        return with(
                cluster,
                cluster.nodes().stream().filter(n -> !n.name().equals(node)).toList());
    }

    private static List<String> told(List<Action> actions) {
        return actions.stream().map(a -> (a.node() + " " + a.text()).strip()).toList();
    }

    @Test
    void anUnchangedLabHasNothingToDo() {
        for (int nodes : List.of(1, 5, 20, 100)) {
            Cluster cluster = Clusters.ofNodes("demo", nodes);
            assertThat(edits(cluster, up(cluster))).isEmpty();
        }
    }

    @Test
    void aLabThatIsNotThereIsMadeFromItsNetworkOn() {
        assertThat(told(edits(Clusters.ofNodes("demo", 2), Inventory.EMPTY)))
                .containsExactly(
                        "create network 10.77.0.0/24",
                        "n0 add controller+worker at 10.77.0.11",
                        "n1 add worker at 10.77.0.12");
    }

    @Test
    void aNodeMoreJoinsAtTheFirstFreeAddress() {
        assertThat(edits(Clusters.ofNodes("demo", 3), up(Clusters.ofNodes("demo", 2))))
                .containsExactly(new Action.AddNode("n2", Role.WORKER, "10.77.0.13", true));
    }

    @Test
    void removingANodeRenumbersNoOther() {
        Cluster four = Clusters.ofNodes("demo", 4);
        Cluster edited = without(four, "n1");

        assertThat(edits(edited, up(four))).containsExactly(new Action.RemoveNode("n1"));
        assertThat(Plan.of(edited, NETWORK)
                        .keeping(up(four))
                        .node("n3")
                        .address()
                        .getHostAddress())
                .isEqualTo("10.77.0.14");
    }

    @Test
    void aRenamedWorkerIsAnotherNodeAtAnotherAddress() {
        Cluster three = Clusters.ofNodes("demo", 3);
        List<Node> nodes = new ArrayList<>(without(three, "n2").nodes());
        Node old = three.nodes().getLast();
        nodes.add(new Node(
                "other",
                old.role(),
                old.cpus(),
                old.memory(),
                old.disk(),
                old.boot(),
                old.labels(),
                old.taints(),
                old.kubeletArgs(),
                old.networks(),
                old.address()));

        assertThat(edits(with(three, nodes), up(three)))
                .containsExactly(
                        new Action.AddNode("other", Role.WORKER, "10.77.0.14", true), new Action.RemoveNode("n2"));
    }

    @Test
    void whatChangedIsNamedAndWorkersRestartBeforeControllers() {
        Cluster cluster = Clusters.ofNodes("demo", 3);
        Cluster edited = edit(
                edit(cluster, "n0", n -> memory(n, Bytes.mib(32))),
                "n2",
                n -> node(n, n.role(), 4, n.memory(), n.disk(), n.labels()));

        assertThat(told(edits(edited, up(cluster))))
                .containsExactly("n2 restart: cpus 1 → 4", "n0 restart: memory 16MiB → 32MiB");
    }

    @Test
    void labelsNeedNoRestart() {
        Cluster cluster = Clusters.ofNodes("demo", 2);
        Cluster edited =
                edit(cluster, "n1", n -> node(n, n.role(), n.cpus(), n.memory(), n.disk(), Map.of("tier", "fast")));

        assertThat(told(edits(edited, up(cluster)))).containsExactly("n1 change labels none → tier=fast");
    }

    @Test
    void aNodeThatIsOffIsStartedWithWhatChangedMeanwhile() {
        Cluster cluster = Clusters.ofNodes("demo", 2);
        Plan plan = Plan.of(cluster, NETWORK);
        Inventory off = new Inventory(
                up(cluster).networks(),
                plan.nodes().stream().map(n -> domain(plan, n, false)).toList());

        assertThat(told(edits(edit(cluster, "n1", n -> memory(n, Bytes.mib(32))), off)))
                .containsExactly("n0 start", "n1 start, with memory 16MiB → 32MiB");
    }

    @Test
    void anUpThatWasCutShortGoesOnWhereItStopped() {
        Inventory whole = up(Clusters.ofNodes("demo", 3));
        Inventory part = new Inventory(whole.networks(), whole.domains().subList(0, 1));

        assertThat(edits(Clusters.ofNodes("demo", 3), part))
                .allSatisfy(action -> assertThat(action)
                        .isInstanceOfSatisfying(Action.AddNode.class, added -> assertThat(added.joins())
                                .isFalse()))
                .hasSize(2);
    }

    @Test
    void whatCannotBeDoneInPlaceIsRefusedAndNothingElseDone() {
        Cluster cluster = Clusters.ofNodes("demo", 3);
        Inventory found = up(cluster);

        refused(edits(without(cluster, "n0"), found), "removing or renaming controller n0", "only one");
        refused(
                edits(edit(cluster, "n1", n -> node(n, Role.CONTROLLER, 1, n.memory(), n.disk(), n.labels())), found),
                "node n1",
                "role worker → controller");
        refused(
                edits(edit(cluster, "n1", n -> node(n, n.role(), 1, n.memory(), Bytes.mib(32), n.labels())), found),
                "node n1",
                "disk 64MiB → 32MiB");
        refused(
                edits(
                        with(
                                cluster,
                                new Network(Optional.of(Cidr.parse("10.88.0.0/24")), Network.Mode.NAT, false),
                                cluster.nodes()),
                        found),
                "its network",
                "10.88.0.0/24");
        refused(
                edits(
                        with(
                                cluster,
                                new Network(Optional.empty(), Network.Mode.ISOLATED, false),
                                Clusters.ofNodes("demo", 9).nodes()),
                        found),
                "its network",
                "mode");
    }

    @Test
    void whoBootsOverTftpIsSettledWhenTheNetworkIsMade() {
        Cluster two = Clusters.ofNodes("demo", 2);
        Cluster worker = Clusters.overTftp(two, "n1");
        assertThat(edits(worker, up(worker))).isEmpty();

        refused(edits(worker, up(two)), "node n1", "boot pxe → tftp");
        refused(edits(two, up(worker)), "node n1", "boot tftp → pxe");
        refused(
                edits(Clusters.overTftp(Clusters.ofNodes("demo", 3), "n2"), up(two)),
                "adding n2 with boot: tftp",
                "when it is made");
    }

    @Test
    void anAddressIsNeitherChangedNorGivenTwice() {
        Cluster cluster = Clusters.ofNodes("demo", 3);
        Inventory found = up(cluster);

        assertThat(edits(edit(cluster, "n1", n -> at(n, "10.77.0.12")), found)).isEmpty();
        refused(
                edits(edit(cluster, "n1", n -> at(n, "10.77.0.50")), found),
                "the address of n1",
                "it is 10.77.0.12, cluster.yaml now says 10.77.0.50");
        refused(
                edits(edit(Clusters.ofNodes("demo", 4), "n3", n -> at(n, "10.77.0.12")), found),
                "the address of n3",
                "10.77.0.12 is that of n1");
    }

    private static Node at(Node of, String address) {
        return new Node(
                of.name(),
                of.role(),
                of.cpus(),
                of.memory(),
                of.disk(),
                of.boot(),
                of.labels(),
                of.taints(),
                of.kubeletArgs(),
                of.networks(),
                Optional.of(Inet4Address.ofLiteral(address)));
    }

    @Test
    void aControllerMoreIsRefusedButOneThatACutShortUpOwesIsMade() {
        Cluster three = Clusters.ofControllers("demo", 3);
        Inventory found = up(three);

        refused(edits(Clusters.ofControllers("demo", 4), found), "adding controller n3", "it begins with");
        refused(edits(without(three, "n2"), found), "removing or renaming controller n2", "etcd would keep");
        assertThat(edits(three, new Inventory(found.networks(), found.domains().subList(0, 2))))
                .extracting(Action::node)
                .containsExactly("n2");
    }

    private static void refused(List<Action> actions, String what, String why) {
        assertThat(actions).singleElement().isInstanceOfSatisfying(Action.Refused.class, refused -> {
            assertThat(refused.what()).isEqualTo(what);
            assertThat(refused.why()).contains(why);
            assertThat(refused.next()).contains("lab down demo");
        });
    }

    @Test
    void aNodeThatWasUpgradedKeepsItsImageUntilClusterYamlAsksForAnother() {
        NodePlan node = Plan.of(Clusters.ofNodes("demo", 1), NETWORK).nodes().getFirst();
        AppliedSpec upgraded = AppliedSpec.of(node, "one", "").booting("two");

        assertThat(upgraded.differences(AppliedSpec.of(node, "one", ""))).isEmpty();
        assertThat(AppliedSpec.of(node, "one", "").after(upgraded).image()).isEqualTo("two");
        assertThat(upgraded.differences(AppliedSpec.of(node, "three", ""))).hasToString("[image one → three]");
        assertThat(AppliedSpec.of(node, "three", "").after(upgraded))
                .satisfies(made -> assertThat(made.image()).isEqualTo("three"))
                .satisfies(made -> assertThat(made.previous()).isEqualTo("two"));
    }

    @Test
    void onlyWhatTheLabDoesNotHaveYetIsAskedOfTheMachine() {
        Cluster cluster = Clusters.ofNodes("demo", 2);
        Cluster edited = edit(Clusters.ofNodes("demo", 3), "n1", n -> memory(n, Bytes.mib(20)));

        assertThat(Edits.needs(Plan.of(edited, NETWORK), up(cluster)))
                .isEqualTo(new Edits.Needs(Bytes.mib(4 + 16), Bytes.mib(64)));
    }
}
