package vmlab.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vmlab.libvirt.TestDriver;
import vmlab.plan.Clusters;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.spec.Cidr;

/** What KubeVirt is asked for. */
class MachineObjectTest {

    @Test
    void ofEachProcessorATenthIsAskedForAndAllMayBeUsed() {
        Plan plan = Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse("10.77.9.0/24"));
        NodePlan node = plan.nodes().getFirst();

        GenericKubernetesResource machine = MachineObject.of(TestDriver.machine(plan, node), Settings.USUAL);

        Map<String, Map<String, String>> resources = machine.get("spec", "template", "spec", "domain", "resources");
        int cpus = node.spec().cpus();
        assertThat(resources.get("requests")).containsEntry("cpu", cpus * 100 + "m");
        assertThat(resources.get("limits")).containsEntry("cpu", Integer.toString(cpus));
    }
}
