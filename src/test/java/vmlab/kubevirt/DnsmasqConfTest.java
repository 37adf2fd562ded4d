package vmlab.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.engine.NetworkRequest;
import vmlab.machine.Machine;
import vmlab.plan.Clusters;
import vmlab.plan.Mark;
import vmlab.plan.Plan;
import vmlab.spec.Cidr;

class DnsmasqConfTest {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("demo", 2), Cidr.parse("10.77.5.0/24"));

    @TempDir
    Path folder;

    private static String common() {
        return DnsmasqConf.of(new NetworkRequest(
                PLAN,
                PLAN.network(),
                new Mark("demo", "id", "/home", "", "", "1"),
                Path.of("/none"),
                PLAN.network().bootUrl() + "/boot.ipxe"));
    }

    @Test
    void onlyNodesGetAnAddressAndItIsTheOneOfThePlan() {
        assertThat(common().lines())
                .contains(
                        "dhcp-ignore=tag:!known",
                        "dhcp-option=3,10.77.5.1",
                        "dhcp-boot=http://10.77.5.1:8069/boot.ipxe",
                        "local=/demo.lab/");
        assertThat(DnsmasqConf.of(PLAN.nodes().getFirst(), PLAN.network()).lines())
                .containsExactly(
                        "dhcp-host=" + PLAN.nodes().getFirst().mac() + ",10.77.5.11,n0,2m",
                        "host-record=n0.demo.lab,n0,10.77.5.11");
    }

    @Test
    void dnsmasqUnderstandsIt() throws Exception {
        assumeTrue(Machine.isInstalled("dnsmasq"), "dnsmasq is not installed");
        Files.writeString(folder.resolve("dnsmasq.conf"), common());
        for (var node : PLAN.nodes()) {
            Files.writeString(folder.resolve(GatewayObjects.file(node.name())), DnsmasqConf.of(node, PLAN.network()));
        }

        Process test = new ProcessBuilder(
                        "dnsmasq", "--test", "--conf-file=/dev/null", "--conf-dir=" + folder + ",*.conf")
                .redirectErrorStream(true)
                .start();

        String said = new String(test.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(test.waitFor()).as(said).isZero();
    }
}
