package vmlab.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import vmlab.engine.NetworkRequest;
import vmlab.machine.Machine;
import vmlab.plan.Clusters;
import vmlab.plan.Mark;
import vmlab.plan.Plan;
import vmlab.spec.BootMode;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;

/** What firmware is told to load, as libvirt and its dnsmasq are told of it. */
class NetworkXmlTest {

    private static String describe(Cluster cluster) {
        return describe(cluster, true);
    }

    private static String describe(Cluster cluster, boolean embedded) {
        Plan plan = Plan.of(cluster, Cidr.parse("10.77.5.0/24"));
        return NetworkXml.of(
                new NetworkRequest(
                        plan,
                        plan.network(),
                        new Mark("demo", "id", "/home", "", "abc", "1"),
                        Path.of("/labs/demo/tftp"),
                        "http://10.77.5.1/boot.ipxe"),
                embedded);
    }

    @Test
    void aNodeThatBootsOverTftpIsNamedTheLoaderAndTheOthersTheScript() {
        Cluster two = Clusters.ofNodes("demo", 2);
        Plan plan = Plan.of(two, Cidr.parse("10.77.5.0/24"));

        assertThat(describe(Clusters.overTftp(two, "n1")))
                .contains(
                        "<tftp root=\"/labs/demo/tftp\"/>",
                        "<bootp file=\"http://10.77.5.1/boot.ipxe\"/>",
                        "value=\"dhcp-mac=set:tftp," + plan.node("n1").mac() + "\"",
                        "value=\"dhcp-boot=tag:tftp,pxelinux.0\"")
                .doesNotContain("set:tftp," + plan.node("n0").mac());
    }

    @Test
    void uefiWhoseCardBringsNoIpxeIsNamedOneThatItCanFetch() {
        assertThat(describe(Clusters.booting(Clusters.ofNodes("demo", 2), "n1", BootMode.UEFI_PXE)))
                .contains(
                        "<tftp root=\"/labs/demo/tftp\"/>",
                        "<bootp file=\"http://10.77.5.1/boot.ipxe\"/>",
                        "value=\"dhcp-match=set:ipxe,175\"",
                        "value=\"dhcp-match=set:efi,option:client-arch,7\"",
                        "value=\"dhcp-boot=tag:efi,tag:!ipxe,ipxe.efi\"");
    }

    /** libvirt has dnsmasq give out as many leases as the range has addresses. */
    @Test
    void thereIsALeaseForEachNodeThatMayBeAddedLaterAndNoneForAStranger() {
        assertThat(describe(Clusters.ofNodes("demo", 1)))
                .contains(
                        "<range end=\"10.77.5.254\" start=\"10.77.5.2\"/>",
                        "<dnsmasq:option value=\"dhcp-ignore=tag:!known\"/>");
    }

    @Test
    void withoutSuchANodeNothingIsServedOverTftp() {
        assertThat(describe(Clusters.ofNodes("demo", 2))).doesNotContain("tftp", "ipxe.efi");
    }

    @Test
    void inAHostOfOurOwnARouterAnswersIpxeAndRoutesNothing() {
        assumeTrue(Machine.hasIpv6());

        Plan plan = Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse("10.77.5.0/24"));
        assertThat(describe(plan.cluster(), true))
                .contains("family=\"ipv6\"")
                .contains("ra-param=" + plan.network().bridge() + ",0,0");
    }

    @Test
    void onAUsersLibvirtNothingMakesItForwardIpv6() {
        assertThat(describe(Clusters.ofNodes("demo", 1), false)).doesNotContain("ipv6");
    }
}
