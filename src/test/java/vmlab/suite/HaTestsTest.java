package vmlab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.boot.BootConfig;
import vmlab.kube.ClusterKeys;
import vmlab.libvirt.Hypervisor;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.run.CheckResult;
import vmlab.run.Outcome;
import vmlab.run.Run;
import vmlab.site.FolderTree;
import vmlab.site.Site;
import vmlab.spec.Cidr;

/** What the test that takes a controller's power does where it must not. */
class HaTestsTest {

    @TempDir
    Path home;

    @Test
    void withOneControllerNothingIsTakenFromIt() throws InterruptedException {
        assertThat(run(List.of(), true))
                .allMatch(check -> check.status() == Outcome.SKIPPED)
                .first()
                .satisfies(check -> assertThat(check.evidence()).contains("three controllers", "has 1"));
    }

    @Test
    void whereNodesMayNotBeRebootedNothingIsTried() throws InterruptedException {
        assertThat(run(List.of("10.77.0.11", "10.77.0.12", "10.77.0.13"), false))
                .allMatch(check -> check.status() == Outcome.SKIPPED)
                .first()
                .satisfies(check -> assertThat(check.evidence()).contains("may not be rebooted"));
    }

    /** Nothing here may touch the hypervisor or the network: there is no such lab. */
    private List<CheckResult> run(List<String> controllers, boolean reboots) throws InterruptedException {
        LabFolder folder = LabFolder.of(home, "demo");
        FolderTree.createPrivate(folder.path());
        var access = ClusterKeys.create().adminKubeconfig("demo", "https://127.0.0.1:1");
        access.write(folder.kubeconfig());
        access.write(folder.ownKubeconfig());
        new BootConfig("demo", "10.77.0.1", 0, List.of(), "", "", "10.77.0.1", controllers, List.of(), false, false)
                .write(folder.bootConfig());
        Map<String, String> addresses = new LinkedHashMap<>();
        controllers.forEach(address -> addresses.put("cp" + address.substring(address.length() - 1), address));
        var network = new Inventory.NetworkFound(
                "lab-demo", new Mark("demo", "id", "/home", "", "", "1"), true, Cidr.parse("10.77.0.0/24"), addresses);
        try (Hypervisor hypervisor = Hypervisor.connect("test:///default", true)) {
            var lab = new TestedLab(
                    new Site(hypervisor, home, true),
                    "demo",
                    new Inventory(List.of(network), List.of()),
                    Optional.empty(),
                    reboots);
            return new HaTests().run(lab, new Run(event -> {})).checks();
        }
    }
}
