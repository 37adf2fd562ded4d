package vmlab.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vmlab.engine.MachineRequest;
import vmlab.engine.NetworkRequest;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NetworkPlan;
import vmlab.plan.Plan;
import vmlab.spec.Cidr;

/** What a fork's machines and networks have of the lab's, and what is their own. */
class CopiedXmlTest {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse("10.77.5.0/24"));
    private static final Mark FROM = new Mark("demo", "the-labs-id", "/home", "n0", "hash", "1");
    private static final Mark TO = new Mark("demo-1", "the-forks-id", "/home/forks/demo-1", "", "", "2");

    @Test
    void aMachineIsTheSameForItsNodeAndHasItsFilesInTheForksFolder() {
        String machine = machine();

        String copy = CopiedXml.machine(machine, TO, Path.of("/dev/shm/of-the-fork"));

        assertThat(copy)
                .contains(
                        "<name>lab-demo-1.n0</name>",
                        "mem-path=/dev/shm/of-the-fork/n0.memory,share=on",
                        "/home/forks/demo-1/labs/demo-1/n0.state.img\"",
                        "/home/forks/demo-1/labs/demo-1/n0.config.img\"",
                        "/home/forks/demo-1/labs/demo-1/n0.serial.log\"",
                        "network=\"lab-demo-1\"",
                        PLAN.nodes().getFirst().mac(),
                        "node=\"n0\"")
                .doesNotContain("the-labs-id", "/home/labs/demo/", "\"lab-demo\"");
        assertThat(MarkXml.read(Xml.parse(copy)))
                .contains(new Mark("demo-1", "the-forks-id", "/home/forks/demo-1", "n0", "hash", "2"));
        assertThat(MarkXml.made(Xml.parse(copy))).isEqualTo(MarkXml.made(Xml.parse(machine)));
    }

    @Test
    void aNetworkHasTheSameAddressesUnderTheForksName() {
        NetworkPlan network = PLAN.network();
        String first = NetworkXml.of(
                new NetworkRequest(PLAN, network, FROM, Path.of("/home/labs/demo/tftp"), "http://x/boot.ipxe"), true);

        String copy = CopiedXml.network(first, TO);

        assertThat(copy)
                .contains(
                        "<name>lab-demo-1</name>",
                        "address=\"10.77.5.1\"",
                        "name=\"" + network.bridge() + "\"",
                        "name=\"" + network.domain() + "\"")
                .doesNotContain("the-labs-id");
    }

    private static String machine() {
        MachineRequest plain = TestDriver.machine(PLAN, PLAN.nodes().getFirst());
        return DomainXml.of(new MachineRequest(
                plain.plan(),
                plain.node(),
                FROM,
                plain.made(),
                LabFolder.of(Path.of("/home"), "demo"),
                plain.accelerator(),
                plain.boot(),
                MachineRequest.Configuration.ON_DISK,
                Optional.of(Path.of("/dev/shm/of-the-lab/n0.memory"))));
    }
}
