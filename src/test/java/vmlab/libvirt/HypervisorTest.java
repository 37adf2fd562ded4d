package vmlab.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import vmlab.engine.NetworkRequest;
import vmlab.engine.Networks;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Clusters;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.spec.Cidr;

/** Against libvirt's own built-in driver: real libvirt objects, no machine. It comes with a network and a domain that are not ours. */
class HypervisorTest {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("demo", 2), Cidr.parse("10.77.5.0/24"));

    @RegisterExtension
    final TestDriver libvirt = new TestDriver();

    private final Hypervisor hypervisor = libvirt.hypervisor();

    @Test
    void whatIsNotOursIsNotInTheInventory() {
        assertThat(hypervisor.inventory().isEmpty()).isTrue();
        assertThat(hypervisor.machines().isRunning("test")).isTrue();
    }

    @Test
    void aNetworkIsFoundAgainWithItsMarkAndAddresses() {
        libvirt.createNetwork(PLAN);

        assertThat(hypervisor.inventory().of("demo").network()).hasValueSatisfying(network -> {
            assertThat(network.mark()).isEqualTo(new Mark("demo", "id", "/home", "", "abc", "1"));
            assertThat(network.active()).isTrue();
            assertThat(network.cidr()).isEqualTo(Cidr.parse("10.77.5.0/24"));
            assertThat(network.addresses()).containsEntry("n0", "10.77.5.11").containsEntry("n1", "10.77.5.12");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ip family='ipv6' address='fd00::1' prefix='64'/>",
                "<ip address='10.77.5.1' netmask='255.255.255.0'/>",
                "<ip address='10.77.5.1'/>",
                ""
            })
    void aNetworkThatLabNeverWroteIsNotOursWhateverItsMarkSays(String ip) {
        hypervisor.networks().define("""
                <network>
                  <name>lab-demo</name>
                  <metadata><l:mark xmlns:l='urn:vmlab:lab:1' lab='demo' id='id' home='/home' node=''/></metadata>
                  <bridge name='labbr-demo'/>%s
                </network>
                """.formatted(ip));

        assertThat(hypervisor.inventory().isEmpty()).isTrue();
        hypervisor.networks().remove("lab-demo");
    }

    @Test
    void aNetworkIsFoundAgainWithThePortThatItsFirmwareIsTold() {
        Mark mark = new Mark("demo", "id", "/home", "", "abc", "1");
        hypervisor
                .networks()
                .define(new NetworkRequest(
                        PLAN, PLAN.network(), mark, Path.of("/tftp"), "http://10.77.5.1:8071/boot.ipxe"));

        assertThat(hypervisor.inventory().of("demo").network())
                .hasValueSatisfying(network -> assertThat(network.bootPort()).isEqualTo(8071));
    }

    @Test
    void aNetworkOfOursThatWasGivenAnIpv6NetworkFirstIsStillOurs() {
        hypervisor.networks().define("""
                <network>
                  <name>lab-demo</name>
                  <metadata><l:mark xmlns:l='urn:vmlab:lab:1' lab='demo' id='id' home='/home' node=''/></metadata>
                  <bridge name='labbr-demo'/>
                  <ip family='ipv6' address='fd00::1' prefix='64'/>
                  <ip address='10.77.5.1' prefix='24'/>
                </network>
                """);

        assertThat(hypervisor.inventory().of("demo").network())
                .hasValueSatisfying(network -> assertThat(network.cidr()).isEqualTo(Cidr.parse("10.77.5.0/24")));
    }

    @Test
    void aMachineIsFoundAgainAndRemovedWhileItRuns() {
        NodePlan node = PLAN.nodes().getFirst();
        libvirt.createNetwork(PLAN);
        hypervisor.machines().define(TestDriver.machine(PLAN, node));
        hypervisor.machines().start(node.domain());

        assertThat(hypervisor.inventory().of("demo").domain("n0")).hasValueSatisfying(domain -> {
            assertThat(domain.running()).isTrue();
            assertThat(domain.memory()).isEqualTo(node.spec().memory());
        });

        hypervisor.machines().remove(node.domain());
        hypervisor.machines().remove(node.domain());
        assertThat(hypervisor.inventory().domains()).isEmpty();
        assertThat(hypervisor.machines().isRunning(node.domain())).isFalse();
    }

    @Test
    void whatAMachineIsMadeOfIsFoundAgainAndNotedAnewWhileItRuns() {
        NodePlan node = PLAN.nodes().getFirst();
        hypervisor.machines().define(TestDriver.machine(PLAN, node));
        hypervisor.machines().start(node.domain());
        AppliedSpec made = AppliedSpec.of(node, "abc", "");
        assertThat(hypervisor.inventory().domain("n0"))
                .hasValueSatisfying(domain -> assertThat(domain.made()).isEqualTo(made));

        AppliedSpec upgraded = made.booting("def");
        hypervisor.machines().mark(node.domain(), new Mark("demo", "id", "/home", "n0", "", "2"), upgraded);

        assertThat(hypervisor.inventory().domain("n0")).hasValueSatisfying(domain -> {
            assertThat(domain.made()).isEqualTo(upgraded);
            assertThat(domain.mark().version()).isEqualTo("2");
        });
    }

    @Test
    void aNetworkLearnsAndForgetsANodeWhileItRuns() {
        libvirt.createNetwork(PLAN);
        NodePlan more = Plan.of(Clusters.ofNodes("demo", 3), Cidr.parse("10.77.5.0/24"))
                .nodes()
                .getLast();
        Networks networks = hypervisor.networks();
        networks.admit(PLAN, more);
        assertThat(addresses()).containsEntry("n2", "10.77.5.13").hasSize(3);

        networks.forget(PLAN.network().name(), "n0");
        networks.forget(PLAN.network().name(), "n0");
        assertThat(addresses()).containsOnlyKeys("n1", "n2");
        networks.admit(PLAN, PLAN.nodes().getFirst());
        assertThat(addresses()).containsEntry("n0", "10.77.5.11");

        assertThatThrownBy(() -> networks.forget("elsewhere", "n0")).hasMessageContaining("no network elsewhere");
    }

    @Test
    void anothersMachineOfThatNameIsNotReplaced() {
        NodePlan node = PLAN.nodes().getFirst();
        hypervisor
                .machines()
                .define("<domain type='test'><name>%s</name><memory>1024</memory><os><type>hvm</type></os></domain>"
                        .formatted(node.domain()));
        String theirs = hypervisor.machines().describe(node.domain());

        assertThatThrownBy(() -> hypervisor.machines().define(TestDriver.machine(PLAN, node)))
                .isInstanceOf(LabFailure.class);

        assertThat(hypervisor.machines().describe(node.domain())).isEqualTo(theirs);
        hypervisor.machines().remove(node.domain());
    }

    private Map<String, String> addresses() {
        return hypervisor.inventory().network().orElseThrow().addresses();
    }

    @Test
    void aPowerButtonAndAPlug() {
        NodePlan node = PLAN.nodes().getFirst();
        hypervisor.machines().define(TestDriver.machine(PLAN, node));
        hypervisor.machines().pressPowerButton(node.domain());
        hypervisor.machines().start(node.domain());
        hypervisor.machines().pressPowerButton(node.domain());
        assertThat(hypervisor.machines().isRunning(node.domain())).isFalse();

        hypervisor.machines().start(node.domain());
        hypervisor.machines().cutPower(node.domain());
        hypervisor.machines().cutPower(node.domain());
        assertThat(hypervisor.machines().isRunning(node.domain())).isFalse();
        assertThat(hypervisor.inventory().domain("n0")).isPresent();
    }

    @Test
    void aScreenshotComesWholeAndAMachineThatIsGoneHasNone() {
        assertThat(Path.of("/usr/share/libvirt/test-screenshot.png"))
                .hasBinaryContent(hypervisor.machines().screenshot("test"));
        assertThatThrownBy(() -> hypervisor.machines().screenshot("nobody"))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).contains("Domain not found"));
    }

    @Test
    void aMachineOfAnotherDriverHasProcessorTimeButNoMonitor() {
        assertThat(hypervisor.machines().processorTime("test")).isPositive();
        assertThatThrownBy(() -> hypervisor.machines().monitor("test", "info registers -a"))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.what()).contains("QEMU's monitor on test"));
    }

    @Test
    void onlyWhatIsNotThereCountsAsGone() throws LibvirtException {
        Connect connect = new Connect(TestDriver.URI);

        assertThat(InventoryReader.unlessGone(() -> Optional.of(connect.domainLookupByName("nobody"))))
                .isEmpty();
        assertThat(InventoryReader.unlessGone(() -> Optional.of(connect.networkLookupByName("nobody"))))
                .isEmpty();
        assertThatThrownBy(() -> InventoryReader.unlessGone(() -> Optional.of(connect.networkDefineXML("<network/>"))))
                .isInstanceOf(LibvirtException.class);
        connect.close();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLibvirtThatNeverAnswersIsGivenUp(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("sock");
        try (var silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            Patience patience = new Patience(Duration.ofMillis(500));

            assertThatThrownBy(() -> Hypervisor.connect("qemu+unix:///system?socket=" + socket, true, patience))
                    .isInstanceOfSatisfying(LabFailure.class, failure -> {
                        assertThat(failure.what()).isEqualTo("libvirt does not answer");
                        assertThat(failure.why()).contains("connect to qemu+unix", "500 ms");
                        assertThat(failure.next()).contains("libvirtd");
                    });
        }
    }

    @Test
    void aLibvirtThatIsNotThereIsToldWithTheCure() {
        assertThatThrownBy(() -> Hypervisor.connect("qemu+unix:///system?socket=/nowhere", false))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(LabFailure.Kind.MACHINE);
                    assertThat(failure.next()).contains("--connect embedded");
                });
    }
}
