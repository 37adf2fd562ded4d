package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks besides the first one, who is on them, and addresses that are asked for. */
class FurtherNetworksTest extends InAWorld {

    @Test
    void aNodeIsOnEveryNetworkUnlessItSaysOnWhich() {
        var cluster = world.cluster(World.HEAD + """
                networks: [{name: storage, cidr: 10.78.0.0/24, mode: isolated}, {name: back}]
                nodes:
                  - {name: cp, role: controller+worker}
                  - {name: w, role: worker, networks: [back]}
                  - {name: x, role: worker, networks: []}
                """);

        assertThat(cluster.networks())
                .containsExactly(
                        new FurtherNetwork("storage", Optional.of(Cidr.parse("10.78.0.0/24")), Network.Mode.ISOLATED),
                        new FurtherNetwork("back", Optional.empty(), Network.Mode.NAT));
        assertThat(cluster.nodes().stream().map(Node::networks))
                .containsExactly(List.of("storage", "back"), List.of("back"), List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "networks: [{name: a}, {name: a}]              | networks[1].name: 'a' is the name of a network already",
                "networks: [{cidr: 10.78.0.0/24}]              | networks[0].name: is missing",
                "networks: [{name: a, cidr: 10.77.0.0/16}]     | networks[0].cidr: 10.77.0.0/16 overlaps 10.77.0.0/24",
                "networks: [{name: a, cidr: 10.244.1.0/24}]    | which is k0s's podCIDR",
                "networks: [{name: a, cidr: 10.1.0.0/24}, {name: b, cidr: 10.1.0.0/25}] | which is a's",
                "networks: [{name: a, mode: bridged}]          | networks[0].mode: 'bridged' is unknown"
            })
    void whatCannotBeANetworkIsRefused(String networks, String said) {
        assertThat(world.said(World.HEAD + "network: {cidr: 10.77.0.0/24}\nnodes: [{name: cp}]\n" + networks))
                .singleElement()
                .asString()
                .contains(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "networks: [stroage]         | 'stroage' is none of the cluster's networks; did you mean 'storage'?",
                "address: 10.77.0.1          | 10.77.0.1 is no node's: network, host or broadcast; take one from 10.77.0.2",
                "address: 10.77.0.255        | 10.77.0.255 is no node's",
                "address: 10.78.0.5          | 10.78.0.5 is not in 10.77.0.0/24",
                "address: 10.77.0            | '10.77.0' is no IPv4 address",
                "'count: 2, address: 10.77.0.5' | is one address for 2 nodes",
                "address: 10.77.0.50         | 10.77.0.50 is the address of cp; give each node one of its own"
            })
    void whatANodeCannotHaveIsRefused(String node, String said) {
        assertThat(world.said(World.HEAD + """
                network: {cidr: 10.77.0.0/24}
                networks: [{name: storage}]
                nodes:
                  - {name: cp, role: controller+worker, address: 10.77.0.50}
                  - {name: w, role: worker, %s}
                """.formatted(node)))
                .singleElement()
                .asString()
                .contains(said);
    }

    @Test
    void anAddressNeedsANetworkThatIsKnown() {
        assertThat(world.saidOfNodes("- {name: cp, address: 10.77.0.50}"))
                .singleElement()
                .asString()
                .contains("belongs to no network that is known");
    }

    @Test
    void dualStackIsAskedForInOnePlace() {
        var nodes = World.HEAD + "nodes: [{name: cp}]\n";
        assertThat(world.cluster(nodes + "network: {dualStack: true}").network().dualStack())
                .isTrue();
        assertThat(world.said(nodes + "network: {dualStack: yes}"))
                .singleElement()
                .asString()
                .contains("network.dualStack: is 'yes'; write true or false");
        assertThat(world.said(nodes + "k0s: {config: {network: {dualStack: {enabled: true}}}}"))
                .singleElement()
                .asString()
                .contains("no node has an IPv6 address; write network: {dualStack: true}");
        assertThat(world.said(
                        nodes + "network: {dualStack: true}\nk0s: {config: {network: {dualStack: {enabled: false}}}}"))
                .singleElement()
                .asString()
                .contains("turns it off");
    }
}
