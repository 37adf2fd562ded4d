package vmlab.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.engine.MachineRequest;
import vmlab.plan.Accelerator;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.spec.Cidr;
import vmlab.spec.Disks;

/** What libvirt is told of a node's machine. */
class DomainXmlTest {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse("10.77.5.0/24"));

    @Test
    void aNodeHasADisplayToTakeAPictureOfAndNobodyIsServedIt() {
        assertThat(DomainXml.of(TestDriver.machine(PLAN, PLAN.nodes().getFirst())))
                .contains("<model heads=\"1\" type=\"vga\" vram=\"2048\"/>")
                .doesNotContain("<graphics");
    }

    @Test
    void itsConsoleIsASerialOneAndIsLogged() {
        assertThat(DomainXml.of(TestDriver.machine(PLAN, PLAN.nodes().getFirst())))
                .contains("<serial type=\"pty\">", "<log append=\"on\" file=\"/labs/demo/n0.serial.log\"/>");
    }

    @Test
    void noMachineHasADeviceThatIsSlowToReadTheTimeFromOrOneToLookForUsbOn() {
        for (Accelerator accelerator : Accelerator.values()) {
            assertThat(DomainXml.of(TestDriver.machine(PLAN, PLAN.nodes().getFirst(), accelerator)))
                    .contains("<timer name=\"hpet\" present=\"no\"/>", "<controller model=\"none\" type=\"usb\"/>");
        }
    }

    @Test
    void whatANodeIsToldIsOnItsDiskIsOnThisMachinesUnlessTheLabAsksForTheFastOne() {
        String stateDisk = "<driver cache=\"%s\" discard=\"unmap\" name=\"qemu\" type=\"raw\"/>"
                + "<source file=\"/labs/demo/n0.state.img\"/>";
        Plan fast = Plan.of(Clusters.withDisks(PLAN.cluster(), Disks.FAST), Cidr.parse("10.77.5.0/24"));

        assertThat(machine(PLAN)).contains(stateDisk.formatted("writeback"));
        assertThat(machine(fast)).contains(stateDisk.formatted("unsafe"));
    }

    private static String machine(Plan plan) {
        return DomainXml.of(TestDriver.machine(plan, plan.nodes().getFirst())).replaceAll(">\\s+<", "><");
    }

    @Test
    void eachProcessorHasASocketToItself() {
        Xml domain = Xml.root("domain");

        DomainXml.processors(domain, 2, Accelerator.TCG);

        assertThat(domain.write()).contains("<topology cores=\"1\" sockets=\"2\" threads=\"1\"/>", "<vcpu>2</vcpu>");
    }

    @Test
    void aMachinesMemoryIsAFileThatIsLeftOutOfItsState() {
        String described = DomainXml.of(with(Path.of("/dev/shm/a,b/n0.memory")));

        assertThat(described)
                .contains(
                        "xmlns:qemu=\"http://libvirt.org/schemas/domain/qemu/1.0\"",
                        "<qemu:arg value=\"memory-backend-file,id=lab.ram,size=",
                        ",mem-path=/dev/shm/a,,b/n0.memory,share=on\"/>",
                        "<qemu:arg value=\"memory-backend=lab.ram\"/>",
                        "<genid>")
                .doesNotContain("-incoming");
    }

    @Test
    void aCopyOnlyReadsTheMemoryThatItBeginsWithAndAwaitsItsStateAndIsToldThatItIsOne() {
        String own = DomainXml.of(with(Path.of("/dev/shm/n0.memory")));

        String copy = MemoryFile.over(own, Path.of("/golden,/n0.memory"), Optional.empty());

        assertThat(copy)
                .contains(
                        ",mem-path=/golden,,/n0.memory,share=off,readonly=on,rom=off\"/>",
                        "<qemu:arg value=\"-incoming\"/>",
                        "<qemu:arg value=\"defer\"/>")
                .doesNotContain("share=on", genid(own));
        assertThat(genid(copy)).isNotBlank();
        assertThat(MemoryFile.over(own, Path.of("/n0.state"), Optional.of(new MappedRam(1, 1 << 20, 2))))
                .contains(",mem-path=/n0.state,offset=1048576,share=off,readonly=on,rom=off\"/>");
    }

    private static String genid(String domain) {
        return Xml.parse(domain).getElementsByTagName("genid").item(0).getTextContent();
    }

    @Test
    void aDiskWithALayerIsGivenByItsTopmostOne(@TempDir Path folder) throws IOException {
        MachineRequest plain = TestDriver.machine(PLAN, PLAN.nodes().getFirst());
        Files.createFile(folder.resolve("n0.state.img"));
        Files.createFile(folder.resolve("n0.state.img.1"));

        assertThat(DomainXml.of(new MachineRequest(
                        plain.plan(),
                        plain.node(),
                        plain.mark(),
                        plain.made(),
                        new LabFolder(folder),
                        plain.accelerator(),
                        plain.boot())))
                .contains("type=\"qcow2\"", folder.resolve("n0.state.img.1") + "\"");
    }

    @Test
    void aMachineIsGivenAnotherStateDiskAndKeepsTheRest() {
        String before = machine(PLAN);

        String after = DomainXml.withStateDisk(before, Path.of("/labs/demo/n0.state.img.3"));

        assertThat(after)
                .contains("type=\"qcow2\"", "file=\"/labs/demo/n0.state.img.3\"", "/labs/demo/n0.config.img\"")
                .doesNotContain("n0.state.img\"");
    }

    @Test
    void aMachineThatNobodyKeepsIsAsLibvirtMakesIt() {
        assertThat(machine(PLAN)).doesNotContain("qemu:", "genid");
    }

    private static MachineRequest with(Path memory) {
        MachineRequest plain = TestDriver.machine(PLAN, PLAN.nodes().getFirst());
        return new MachineRequest(
                plain.plan(),
                plain.node(),
                plain.mark(),
                plain.made(),
                plain.folder(),
                plain.accelerator(),
                plain.boot(),
                MachineRequest.Configuration.ON_DISK,
                Optional.of(memory));
    }
}
