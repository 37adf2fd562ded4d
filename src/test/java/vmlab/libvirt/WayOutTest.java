package vmlab.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.engine.NetworkRequest;
import vmlab.machine.Needs;
import vmlab.plan.Clusters;
import vmlab.plan.Mark;
import vmlab.plan.Plan;
import vmlab.spec.Cidr;
import vmlab.spec.Network;

/**
 * What nodes reach from the embedded host: with {@code mode: nat} the world and the machine's DNS, never the machine's loopback; with
 * {@code isolated} nothing. With the real pasta, libvirt and dnsmasq, in a machine and a world that are namespaces of the test's. Takes
 * seconds, for a host is started each time.
 */
@Execution(ExecutionMode.CONCURRENT)
class WayOutTest {

    private static final Path SCRIPTS = Path.of("scripts").toAbsolutePath();
    private static final Path HERE = Path.of("src/test/resources/vmlab/libvirt").toAbsolutePath();

    @TempDir
    Path folder;

    private Path describe(String lab, Network.Mode mode, String cidr) throws IOException {
        var network = new Network(Optional.empty(), mode, false);
        var cluster = Clusters.ofNodes(lab, 1);
        Plan plan = Plan.of(Clusters.booting(cluster, cluster.image(), network), Cidr.parse(cidr));
        var request = new NetworkRequest(
                plan,
                plan.network(),
                new Mark(lab, "id-" + lab, "/home", "", "abc", "1"),
                Path.of("/labs", lab, "tftp"),
                "http://none/boot.ipxe");
        String xml = NetworkXml.of(request, true).replace(plan.network().name(), "lab-" + lab);
        return Files.writeString(folder.resolve(lab + ".xml"), xml);
    }

    private String reached(String user, Map<String, String> environment) throws Exception {
        Needs.programs("pasta", "libvirtd", "dnsmasq", "busybox", "ip", "unshare");
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        assumeTrue(isRoot || user.isEmpty(), "only root can be another user");
        List<String> command = new ArrayList<>(List.of("unshare", "--net", "--mount", "--pid", "--fork"));
        command.addAll(List.of("--kill-child", "--mount-proc", "--propagation", "private"));
        if (!isRoot) {
            command.addAll(List.of("--map-root-user", "--map-auto"));
        }
        command.addAll(List.of("bash", HERE.resolve("outside.sh").toString(), SCRIPTS.toString(), user));
        command.add(HERE.resolve("inside.sh").toString());
        command.add(describe("open", Network.Mode.NAT, "10.77.5.0/24").toString());
        command.add(describe("shut", Network.Mode.ISOLATED, "10.77.6.0/24").toString());
        ProcessBuilder machine = new ProcessBuilder(command).redirectErrorStream(true);
        machine.environment().putAll(environment);
        Path said = folder.resolve("said");
        machine.redirectOutput(said.toFile()).start().waitFor();
        return Files.readString(said);
    }

    /** The last after pasta was made to end, and came back. */
    private static final String[] OUT = {
        "open address: hello from the world",
        "open name: 198.51.100.1",
        "open loopback: closed",
        "again address: hello from the world"
    };

    private static final String[] CLOSED = {"shut address: closed", "shut name: unknown", "shut loopback: closed"};

    @Test
    void rootsNodesGetOutAndIsolatedOnesDoNot() throws Exception {
        assertThat(reached("", Map.of())).contains(OUT).contains(CLOSED).doesNotContain("why:");
    }

    @Test
    void soDoThoseOfAnOrdinaryUser() throws Exception {
        assertThat(reached("nobody", Map.of())).contains(OUT).contains(CLOSED).doesNotContain("why:");
    }

    @Test
    void withoutPastaItIsSaid() throws Exception {
        assertThat(reached("", Map.of("PASTA", "missing")))
                .contains("why: missing: pasta (package passt) is not installed");
    }

    @Test
    void whatPastaFailsOfIsSaid() throws Exception {
        assertThat(reached("", Map.of("PASTA", "fails"))).contains("why: failed: pasta ended");
    }

    @Test
    void aMachineThatLeadsNowhereIsNamed() throws Exception {
        assertThat(reached("", Map.of("OFFLINE", "yes")))
                .contains("why: offline: this machine has no IPv4 default route");
    }
}
