package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodesTest extends InAWorld {

    private static final String CP = "- {name: cp, role: controller+worker}\n";

    @Test
    void aCountNumbersTheNodesAndNoCountLeavesTheName() {
        assertThat(world.cluster(World.HEAD + """
                        nodes:
                          - {name: cp, role: controller+worker}
                          - {name: a, role: worker, count: 1}
                          - {name: b, role: worker, count: 3}
                        """).nodes())
                .extracting(Node::name)
                .containsExactly("cp", "a1", "b1", "b2", "b3");
    }

    @Test
    void theSameNameTwiceIsRefused() {
        assertThat(world.saidOfNodes(CP + "- {name: cp, role: worker}"))
                .containsExactly("cluster.yaml:6:12: nodes[1].name: 'cp' is the name of a node already; line 5 has it:"
                        + " choose another");
    }

    @Test
    void aNameThatACountMakesMustNotBeTakenEither() {
        assertThat(world.saidOfNodes(CP + "- {name: w, count: 2, role: worker}\n- {name: w2, role: worker}"))
                .containsExactly("cluster.yaml:7:12: nodes[2].name: 'w2' is the name of a node already; line 6 has it:"
                        + " choose another");
    }

    @Test
    void aNameMustFitWithItsNumber() {
        var name = "a".repeat(31);
        assertThat(world.saidOfNodes(CP + "- {name: " + name + ", role: worker}"))
                .isEmpty();
        assertThat(world.saidOfNodes(CP + "- {name: " + name + ", count: 1, role: worker}"))
                .singleElement()
                .asString()
                .contains("has more than 31 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "-a", "a-", "A", "a_b", "a.b", "ä", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void namesAreHostNames(String name) {
        assertThat(world.saidOfNodes("- {name: " + name + "}"))
                .singleElement()
                .asString()
                .contains("nodes[0].name: '" + name + "' is not valid; lower-case letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "ip6-loopback", "kubernetes"})
    void namesThatMeanSomethingElseOnEachNodeAreNone(String name) {
        assertThat(world.saidOfNodes("- {name: " + name + "}"))
                .singleElement()
                .asString()
                .contains("'" + name + "' has a meaning of its own");
    }

    @Test
    void numbersAndTruthsMayStandInQuotesAsTemplatesWriteThem() {
        var cluster = world.cluster(World.HEAD + """
                network: {dualStack: "True"}
                nodes: [{name: cp, role: "controller+worker"}, {name: w, role: worker, count: "2", cpus: '4', memory: "2GiB"}]
                """);

        assertThat(cluster.network().dualStack()).isTrue();
        assertThat(cluster.nodes()).extracting(Node::cpus).containsExactly(2, 4, 4);
    }

    @Test
    void aLabelMaySaySomethingByBeingThere() {
        assertThat(world.cluster(World.HEAD + "nodes: [{name: cp, labels: {example.com/gpu: \"\", a: yes, b: 010}}]")
                        .nodes()
                        .getFirst()
                        .labels())
                .isEqualTo(Map.of("example.com/gpu", "", "a", "yes", "b", "010"));
    }

    @Test
    void labelsAsLongAsKubernetesTakesThem() {
        String prefix = "a".repeat(63) + "." + "b".repeat(63) + "/";
        assertThat(world.saidOfNodes("- {name: cp, labels: {" + prefix + "c".repeat(63) + ": " + "d".repeat(63) + "}}"))
                .isEmpty();
        assertThat(world.saidOfNodes("- {name: cp, labels: {" + prefix + "c".repeat(64) + ": x}}"))
                .singleElement()
                .asString()
                .contains("has 192 characters; at most 253 before the slash and 63 after it");
        assertThat(world.saidOfNodes("- {name: cp, labels: {a: " + "d".repeat(64) + "}}"))
                .singleElement()
                .asString()
                .contains("has 64 characters; at most 63");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: w, role: worker} | nodes: no node has a control plane; make one of them controller",
                "{name: c, role: controller} | nodes: no node runs pods; add a worker",
                "{name: c, role: single, count: 2} | nodes: role single with other nodes: nothing can join it",
                "{name: c, count: 2} | nodes[0].role: is missing; write role: worker"
            })
    void rolesThatMakeNoClusterAreRefused(String node, String said) {
        assertThat(world.saidOfNodes("- " + node)).singleElement().asString().contains(said);
    }

    @Test
    void aRoleIsNeededAsSoonAsThereAreTwo() {
        assertThat(world.saidOfNodes("- name: cp\n- name: w"))
                .containsExactly(
                        "cluster.yaml:5:5: nodes[0].role: is missing; write role: worker (or single, controller,"
                                + " controller+worker)",
                        "cluster.yaml:6:5: nodes[1].role: is missing; write role: worker (or single, controller,"
                                + " controller+worker)");
    }

    @Test
    void aMistypedRoleIsNotBlamedOnTheOthers() {
        assertThat(world.saidOfNodes("- {name: cp, role: controler}\n- {name: w, role: worker}"))
                .singleElement()
                .asString()
                .contains("did you mean 'controller'?");
    }

    @Test
    void theTestThatTakesAControllersPowerNeedsThree() {
        String nodes = "nodes:\n  - {name: cp, count: %d, role: controller+worker}\ntests: [ha]\n";

        assertThat(world.said(World.HEAD + nodes.formatted(2)))
                .singleElement()
                .asString()
                .contains("tests: ha takes the power from one of 2 controllers");
        assertThat(world.said(World.HEAD + nodes.formatted(3))).isEmpty();
    }

    @Test
    void anEvenNumberOfControllersIsAWarning() {
        assertThat(world.cluster(World.HEAD + "nodes: [{name: c, count: 2, role: controller+worker}]")
                        .warnings())
                .containsExactly("2 controllers survive no more failures than 1: etcd needs more than half of them; an"
                        + " odd number is better");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory: 1GiB, role: worker | ",
                "memory: 1023MiB, role: worker | memory: 1023MiB is too little: the image lives in memory",
                "memory: 1.5GiB, role: controller+worker | ",
                "memory: 1GiB, role: controller+worker | memory: 1GiB is too little for a control plane, which uses",
                "memory: 3072, role: worker | memory: '3072' has no unit",
                "disk: 2GB, role: worker | disk: 1.86GiB is too little",
                "cpus: 0, role: worker | cpus: is '0'; a whole number from 1 to 64",
                "cpus: 1.5, role: worker | cpus: is '1.5'",
                "cpus: 0x2, role: worker | cpus: is '0x2'",
                "count: 0, role: worker | count: is '0'; a whole number from 1 to 99",
                "count: 1000000, role: worker | count: is '1000000'",
                "count: 99999999999, role: worker | count: is '99999999999'",
                "boot: uefi, role: worker | boot: 'uefi' is unknown; valid here: pxe, uefi-pxe, tftp, direct",
                "taints: [a=b:NoSchedule], role: worker | ",
                "taints: ['a=:NoExecute'], role: worker | ",
                "taints: ['example.com/a:PreferNoSchedule'], role: worker | ",
                "taints: [a=b], role: worker | taints[0]: 'a=b' is not valid; key=value:effect",
                "taints: ['a:NoSchedul'], role: worker | taints[0]: 'a:NoSchedul' is not valid",
                "taints: [{a: b}], role: worker | taints[0]: is a mapping",
                "labels: {tier: fast}, role: worker | ",
                "labels: {'a b': c}, role: worker | labels.a b: 'a b' is not valid; a label is called like",
                "labels: {a: 'b c'}, role: worker | labels.a: 'b c' is not valid; letters",
                "labels: [a], role: worker | labels: is a list; write a mapping",
                "labels: {a: }, role: worker | labels.a: has no value; write \"\" for an empty one",
                "labels: {a: null}, role: worker | labels.a: has no value; remove the key, or put 'null' in quotes",
                "labels: {a..b/c: d}, role: worker | labels.a..b/c: 'a..b/c' is not valid",
                "labels: {node-role.kubernetes.io/worker: x}, role: worker | is reserved: a kubelet that",
                "labels: {kubernetes.io/role: x}, role: worker | is reserved: a kubelet that",
                "labels: {a.k8s.io/b: x}, role: worker | is reserved: a kubelet that",
                "labels: {kubernetes.io/hostname: x}, role: worker | is set by the kubelet itself",
                "labels: {node.kubernetes.io/instance-type: x}, role: worker | ",
                "labels: {topology.kubernetes.io/zone: a}, role: worker | ",
                "labels: {notkubernetes.io/a: b}, role: worker | ",
                "taints: ['node-role.kubernetes.io/control-plane:NoSchedule'], role: worker | ",
                "taints: ['node.kubernetes.io/not-ready:NoSchedule'], role: worker | is reserved: Kubernetes sets",
                "taints: ['a=b:NoSchedule', 'a=c:NoSchedule'], role: worker | has two taints of one key and effect",
                "kubeletArgs: [--node-labels=a=b], role: worker | '--node-labels' is lab's to say; write it under labels",
                "kubeletArgs: [--hostname-override=x], role: worker | write it as the node's name",
                "kubeletArgs: [max-pods=5], role: worker | kubeletArgs[0]: 'max-pods=5' is not valid; a flag",
                "kubeletArgs: ['--a=b --c'], role: worker | is not valid; a flag without blanks",
                "'labels': {a: b}, role: controller | labels: has no effect: role controller runs no kubelet"
            })
    void eachKeyHasItsLimits(String keys, String said) {
        var all = world.saidOfNodes(CP + "- {name: w, " + keys + "}");
        if (said == null) {
            assertThat(all).isEmpty();
        } else {
            assertThat(all).singleElement().asString().contains("nodes[1].").contains(said);
        }
    }
}
