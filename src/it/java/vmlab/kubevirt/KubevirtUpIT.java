package vmlab.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import vmlab.change.Upgrade;
import vmlab.fault.LinkFaults;
import vmlab.kube.Kubeconfig;
import vmlab.plan.Inventory.DomainFound;
import vmlab.power.Down;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Program;
import vmlab.site.Access;
import vmlab.snapshot.CreateSnapshot;
import vmlab.snapshot.DiskSnapshot;
import vmlab.snapshot.RestoreSnapshot;
import vmlab.spec.Cluster;
import vmlab.up.LabUp;

/** A whole {@code up}, edits and {@code down} of a lab in a cluster, and what may befall them. */
@EnabledIf("vmlab.kubevirt.RealApi#hasDefinitions")
class KubevirtUpIT {

    @TempDir
    private Path folder;

    private PretendedLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = new PretendedLab(folder);
    }

    @AfterEach
    void end() throws Exception {
        lab.close();
    }

    @Test
    void aLabComesUpIsEditedAndGoes() throws Exception {
        // Another up carries on where one was cut short.
        for (String call : List.of("serve " + PretendedLab.LAB, "define lab-killed.w1", "start lab-killed.w1")) {
            lab.before(call, () -> {
                throw new IllegalStateException("cut short");
            });
            assertThatThrownBy(() -> lab.up("[{name: cp, role: controller+worker}, {name: w1, role: worker}]"))
                    .as(call)
                    .hasStackTraceContaining("cut short");
        }
        LabUp up = lab.up("[{name: cp, role: controller+worker}, {name: w1, role: worker}]");

        assertThat(up.changed()).isTrue();
        assertThat(lab.machines())
                .extracting(DomainFound::name)
                .containsExactlyInAnyOrder("lab-killed.cp", "lab-killed.w1");
        assertThat(lab.machines()).allMatch(DomainFound::running);
        Map<String, String> told = lab.client()
                .configMaps()
                .inNamespace(PretendedLab.NAMESPACE)
                .withName(GatewayObjects.NAME)
                .get()
                .getData();
        assertThat(told.get("boot.json"))
                .contains("\"/srv/lab/images/", "/run/lab/events.jsonl")
                .doesNotContain(folder.toString());
        assertThat(lab.gateway().getSpec().getContainers().getFirst().getImage())
                .startsWith("registry.example/gateway:");
        Secret configuration = lab.client()
                .secrets()
                .inNamespace(PretendedLab.NAMESPACE)
                .withName("w1-config")
                .get();
        assertThat(configuration.getData().get(DiskObjects.TAR)).hasSizeGreaterThan(1000);
        assertThat(Kubeconfig.read(up.kubeconfig()).server()).isEqualTo("https://127.0.0.1:6443");
        assertThat(lab.site().folder(PretendedLab.LAB).path())
                .as("the engine keeps the disks")
                .isDirectoryNotContaining("glob:**.img");
        List<String> ssh = new ArrayList<>(
                Access.to(lab.site(), PretendedLab.LAB, Optional.of("w1")).sshCommand());
        ssh.add("cat /proc/sys/kernel/random/boot_id");
        assertThat(new Program(Environment.process(ssh), Duration.ofMinutes(1)).run())
                .as("ssh knows nothing of the way that it is led")
                .satisfies(said -> assertThat(said.text()).matches("(?s).*[0-9a-f-]{36}\\s*"));
        assertThatThrownBy(() -> LinkFaults.of(lab.site(), PretendedLab.LAB))
                .hasMessageContaining("links of lab killed are out of reach");
        String firstGateway = lab.gateway().getMetadata().getUid();

        assertThat(lab.up("[{name: cp, role: controller+worker}, {name: w1, role: worker}]")
                        .changed())
                .isFalse();
        assertThat(lab.gateway().getMetadata().getUid()).as("nothing to do").isEqualTo(firstGateway);

        lab.up("[{name: cp, role: controller+worker}, {name: w1, role: worker}]\nports: ['18099:cp:22']");
        assertThat(lab.site().folder(PretendedLab.LAB).events())
                .content()
                .as("up says what plan does")
                .contains("change ports none → 18099:cp:22");

        lab.up("[{name: cp, role: controller+worker}, {name: w2, role: worker, cpus: 1}]");
        assertThat(lab.machines())
                .extracting(DomainFound::name)
                .containsExactlyInAnyOrder("lab-killed.cp", "lab-killed.w2");
        assertThat(lab.client()
                        .persistentVolumeClaims()
                        .inNamespace(PretendedLab.NAMESPACE)
                        .list()
                        .getItems())
                .extracting(KubevirtUpIT::name)
                .doesNotContain("w1-state")
                .contains("w2-state");
        assertThat(lab.gateway().getMetadata().getUid()).as("told of w2").isNotEqualTo(firstGateway);

        lab.up("[{name: cp, role: controller+worker}, {name: w2, role: worker, cpus: 2}]");
        assertThat(lab.machines())
                .filteredOn(machine -> machine.mark().node().equals("w2"))
                .allSatisfy(machine -> {
                    assertThat(machine.cpus()).isEqualTo(2);
                    assertThat(machine.running()).isTrue();
                });

        aNodeGetsAnotherImageAndTheOneBefore();

        new CreateSnapshot(lab.site(), "one").run(PretendedLab.LAB, lab.run());
        assertThatThrownBy(() -> new CreateSnapshot(lab.site(), "one").run(PretendedLab.LAB, lab.run()))
                .hasMessageContaining("has a snapshot one already");
        assertThat(DiskSnapshot.all(lab.site().engine().diskSnapshots().orElseThrow(), PretendedLab.LAB))
                .singleElement()
                .satisfies(kept -> assertThat(kept.nodes()).containsExactly("cp", "w2"));
        assertThatThrownBy(() -> new RestoreSnapshot(lab.site(), "two").run(PretendedLab.LAB, lab.run()))
                .hasMessageContaining("it has one");
        new RestoreSnapshot(lab.site(), "one").run(PretendedLab.LAB, lab.run());
        assertThat(lab.machines()).allMatch(DomainFound::running);
        assertThat(lab.client()
                        .genericKubernetesResources(Kinds.RESTORE)
                        .inNamespace(PretendedLab.NAMESPACE)
                        .list()
                        .getItems())
                .extracting(KubevirtUpIT::name)
                .containsExactlyInAnyOrder("cp-one", "w2-one");
        assertThat(lab.site().folder(PretendedLab.LAB).restoring()).doesNotExist();
        lab.up("[{name: cp, role: controller+worker}]");
        new DiskSnapshot(lab.site(), lab.site().engine().diskSnapshots().orElseThrow(), "one").remove(PretendedLab.LAB);
        assertThat(DiskSnapshot.all(lab.site().engine().diskSnapshots().orElseThrow(), PretendedLab.LAB))
                .isEmpty();

        new Down(lab.site()).run(PretendedLab.LAB, lab.run());
        assertThat(lab.client().namespaces().withName(PretendedLab.NAMESPACE).get())
                .isNull();
        assertThat(lab.site().folder(PretendedLab.LAB).path()).doesNotExist();
    }

    @Test
    void aClusterThatIsLostAmidAnUpIsSaid() {
        lab.before("define lab-killed.w1", lab.api()::lose);

        assertThatThrownBy(() -> lab.up("[{name: cp, role: controller+worker}, {name: w1, role: worker}]"))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.next())
                        .contains("check that the cluster can be reached"));
    }

    private void aNodeGetsAnotherImageAndTheOneBefore() throws Exception {
        Cluster cluster = lab.cluster("[{name: cp, role: controller+worker}, {name: w2, role: worker, cpus: 2}]");
        String first = imageOf("w2");
        Path other = Files.writeString(
                lab.world().path("other.yaml"),
                Files.readString(lab.world().path("recipe.yaml")).replace("hostname: node", "hostname: another"));
        Upgrade upgrade = new Upgrade(lab.site(), lab.world().images(true), cluster.timeouts());

        assertThat(upgrade.to(other, cluster, List.of("w2"), lab.run())).containsExactly("w2");
        assertThat(imageOf("w2")).isNotEqualTo(first);
        assertThat(lab.client()
                        .configMaps()
                        .inNamespace(PretendedLab.NAMESPACE)
                        .withName(GatewayObjects.NAME)
                        .get()
                        .getData()
                        .get("boot.json"))
                .as("cp and w2")
                .contains(first, imageOf("w2"));

        assertThat(upgrade.back(cluster, List.of("w2"), lab.run())).containsExactly("w2");
        assertThat(imageOf("w2")).isEqualTo(first);
    }

    private String imageOf(String node) {
        return lab.site()
                .inventory(PretendedLab.LAB)
                .domain(node)
                .orElseThrow()
                .made()
                .image();
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
