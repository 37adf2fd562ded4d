package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest extends InAWorld {

    private List<String> said(String cidr, String rest) {
        return world.said(World.HEAD + "nodes: [{name: cp}]\nnetwork: {cidr: " + cidr + "}\n" + rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.77.0.0/24", "172.31.0.0/16", "192.168.7.16/28", "100.64.3.0/24"})
    void privateNetworksAreTaken(String cidr) {
        assertThat(said(cidr, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.77.0.1/24   | 10.77.0.1/24' is an address in a network; did you mean the network 10.77.0.0/24?",
                "172.32.0.0/16  | 172.32.0.0/16 is not private; take one within 10.0.0.0/8",
                "10.0.0.0/7     | 10.0.0.0/7 is not private",
                "10.64.0.0/11   | 10.64.0.0/11 has 2097152 addresses; take /16 to /28",
                "10.77.0.0/29   | 10.77.0.0/29 has 8 addresses; take /16 to /28",
                "10.77.0.0      | '10.77.0.0' is no IPv4 network; write it like 10.77.0.0/24",
                "10.244.3.0/24  | 10.244.3.0/24 overlaps 10.244.0.0/16, which is k0s's podCIDR",
                "10.100.0.0/24  | 10.100.0.0/24 overlaps 10.96.0.0/12, which is k0s's serviceCIDR"
            })
    void anyOtherIsRefused(String cidr, String said) {
        assertThat(said(cidr, ""))
                .singleElement()
                .asString()
                .contains(":5:17: network.cidr: ")
                .contains(said);
    }

    @Test
    void theClustersOwnNetworksMayMove() {
        assertThat(said("10.244.3.0/24", "k0s: {config: {network: {podCIDR: 10.50.0.0/16}}}"))
                .isEmpty();
        assertThat(said("10.50.3.0/24", "k0s: {config: {network: {podCIDR: 10.50.0.0/16}}}"))
                .singleElement()
                .asString()
                .contains("overlaps 10.50.0.0/16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "podCIDR: 10.96.0.0/16 | podCIDR: 10.96.0.0/16 overlaps 10.96.0.0/12: pods and services",
                "serviceCIDR: 10.244.0.0/16 | serviceCIDR: 10.244.0.0/16 overlaps 10.244.0.0/16",
                "podCIDR: 10.50.0.0/16, serviceCIDR: 10.50.4.0/24 | serviceCIDR: 10.50.4.0/24 overlaps 10.50.0.0/16",
                "podCIDR: 127.0.0.0/16 | has addresses with a meaning of their own",
                "podCIDR: 169.254.0.0/16 | has addresses with a meaning of their own",
                "serviceCIDR: 224.0.0.0/16 | has addresses with a meaning of their own",
                "serviceCIDR: 172.16.0.0/30 | has 4 addresses; take /12 to /28",
                "podCIDR: 10.50.0.0/25 | podCIDR: 10.50.0.0/25 is too small for 1 node; each gets a /24",
                "podCIDR: 10.50.0.0 | '10.50.0.0' is no IPv4 network",
                "podCIDR: 10.50.0.0/16, serviceCIDR: 10.51.0.0/16 | ",
                "podCIDR: 10.96.0.0/16, serviceCIDR: 10.244.0.0/16 | ",
                "dualStack: {IPv6podCIDR: 'fd01::/112'} | dualStack.IPv6podCIDR: fd01::/112 overlaps fd01::/108: pods and services",
                "dualStack: {IPv6podCIDR: 'fd05::/108', IPv6serviceCIDR: 'fd05::/112'} | fd05::/112 overlaps fd05::/108",
                "dualStack: {IPv6podCIDR: 'fd05::/64'} | fd05::/64 is a /64; take /101 to /117",
                "dualStack: {IPv6serviceCIDR: 'fd05::/64'} | fd05::/64 is a /64; take /108 to /124",
                "dualStack: {IPv6serviceCIDR: '10.1.0.0/16'} | '10.1.0.0/16' is no IPv6 network",
                "dualStack: {IPv6serviceCIDR: 'fd05::1/112'} | 'fd05::1/112' is an address in a network",
                "dualStack: {IPv6podCIDR: 'fd05:::/108'} | 'fd05:::/108' is no IPv6 network",
                "dualStack: {IPv6podCIDR: 'fd01::/108', IPv6serviceCIDR: 'fd00::/108'} | ",
                "provider: flannel | 'flannel' is no network provider of k0s; valid here: kuberouter, calico, custom",
                "provider: calicoo | did you mean 'calico'?",
                "provider: calico | "
            })
    void addressesInsideKubernetesAreApartAndItsPlugInIsKnown(String network, String said) {
        var all = world.said(World.HEAD + "nodes: [{name: cp}]\nk0s: {config: {network: {" + network + "}}}\n");
        if (said == null) {
            assertThat(all).isEmpty();
        } else {
            assertThat(all).singleElement().asString().contains(said);
        }
    }

    @Test
    void whatNobodyWillInstallAndWhatCountsInThousandsIsAWarning() {
        String text = World.HEAD + "nodes: [{name: cp, memory: 3GB}]\nk0s: {config: {network: {provider: %s}}}\n";

        assertThat(world.cluster(text.formatted("custom")).warnings())
                .satisfiesExactly(
                        size -> assertThat(size)
                                .startsWith("the memory of cp is 2.79GiB: MB, GB and TB count in thousands"),
                        plugIn -> assertThat(plugIn).startsWith("network provider custom: no node is Ready until"));
        assertThat(world.cluster(text.formatted("calico")).warnings())
                .anyMatch(warning -> warning.startsWith("network provider calico: nodes pull no images"));
    }

    @Test
    void theNodesMustFit() {
        var nodes = World.HEAD + "nodes: [{name: c, role: controller+worker}, {name: w, count: %d, role: worker}]\n"
                + "network: {cidr: 10.77.0.0/28}\n";
        assertThat(world.said(nodes.formatted(5))).isEmpty();
        assertThat(world.said(nodes.formatted(6)))
                .singleElement()
                .asString()
                .contains("10.77.0.0/28 is too small for 7 nodes; they need 17 addresses: /27");
    }
}
