package vmlab.libvirt;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import vmlab.engine.MachineRequest;
import vmlab.engine.NetworkRequest;
import vmlab.plan.Accelerator;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;

/**
 * libvirt's own built-in driver: real libvirt objects, and events like the real one's, but no machine and no DHCP. It comes with a
 * network and a domain that are not ours. What a test leaves of ours is removed after it.
 */
public final class TestDriver implements AfterEachCallback {

    /** What it answers at. */
    public static final String URI = "test:///default";

    /** The id in the marks of all labs that it makes. */
    public static final String ID = "id";

    private final Hypervisor hypervisor = Hypervisor.connect(URI, true);

    /** The connection, which is closed after the test. */
    public Hypervisor hypervisor() {
        return hypervisor;
    }

    /** Makes the first network of a lab, with the mark of a lab that is up. */
    public void createNetwork(Plan plan) {
        createNetwork(plan, new Mark(plan.lab(), ID, "/home", "", "abc", "1"));
    }

    /** The same with a mark of the test's own. */
    public void createNetwork(Plan plan, Mark mark) {
        hypervisor
                .networks()
                .define(new NetworkRequest(plan, plan.network(), mark, Path.of("/labs/tftp"), "http://x/boot.ipxe"));
        hypervisor.networks().start(plan.network().name());
    }

    /** A lab's machine, made from the image {@code abc}, whose root is a disk. */
    public static MachineRequest machine(Plan plan, NodePlan node) {
        return machine(plan, node, Accelerator.PRETENDED);
    }

    /** The same, for another accelerator. */
    static MachineRequest machine(Plan plan, NodePlan node, Accelerator accelerator) {
        return new MachineRequest(
                plan,
                node,
                new Mark(plan.lab(), ID, "/home", node.name(), "", "1"),
                AppliedSpec.of(node, "abc", ""),
                new LabFolder(Path.of("/labs", plan.lab())),
                accelerator,
                new MachineRequest.Boot(
                        Path.of("/k"), Path.of("/i"), "console=ttyS0", Optional.of(Path.of("/images/root.squashfs"))));
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Inventory left = hypervisor.inventory();
        left.domains().forEach(domain -> hypervisor.machines().remove(domain.name()));
        left.networks().forEach(network -> hypervisor.networks().remove(network.name()));
        hypervisor.close();
    }
}
