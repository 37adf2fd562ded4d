package vmlab.libvirt;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Made;
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

    private final Hypervisor hypervisor = Hypervisor.connect(URI);

    /** The connection, which is closed after the test. */
    public Hypervisor hypervisor() {
        return hypervisor;
    }

    /** Makes the first network of a lab, with the mark of a lab that is up. */
    public void createNetwork(Plan plan) {
        hypervisor.createNetwork(NetworkXml.of(
                plan,
                new Mark(plan.lab(), ID, "/home", "", "abc", "1"),
                new LabFolder(Path.of("/labs")),
                "http://x/boot.ipxe",
                true));
    }

    /** The description of a lab's machine, made from the image {@code abc}, whose root is a disk. */
    public static String machine(Plan plan, NodePlan node) {
        return machine(plan, node, Accelerator.PRETENDED);
    }

    /** The same, for another accelerator. */
    static String machine(Plan plan, NodePlan node, Accelerator accelerator) {
        return DomainXml.of(
                plan,
                node,
                new Mark(plan.lab(), ID, "/home", node.name(), "", "1"),
                Made.of(node, "abc", ""),
                new LabFolder(Path.of("/labs", plan.lab())),
                accelerator,
                new DomainXml.Boot(
                        Path.of("/k"), Path.of("/i"), "console=ttyS0", Optional.of(Path.of("/images/root.squashfs"))));
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Inventory left = hypervisor.inventory();
        left.domains().forEach(domain -> hypervisor.domains().remove(domain.name()));
        left.networks().forEach(network -> hypervisor.removeNetwork(network.name()));
        hypervisor.close();
    }
}
