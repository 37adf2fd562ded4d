package vmlab.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import vmlab.engine.MachineRequest;
import vmlab.engine.NetworkRequest;
import vmlab.plan.Accelerator;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NetworkPlan;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;
import vmlab.spec.Specs;

/** A lab's objects against a real API server with the real schemas of KubeVirt and Multus, which takes no field that it does not know. */
@EnabledIf(
        value = "vmlab.kubevirt.RealApi#hasDefinitions",
        disabledReason =
                "no definitions of KubeVirt's kinds: KUBEVIRT_CRDS=FOLDER, with what kubectl get crd NAME -o yaml writes")
class KubevirtIT {

    private static final byte[] FILES = "a tar".getBytes(StandardCharsets.UTF_8);
    private static final Settings SETTINGS =
            new Settings("lab-", Optional.of("local"), Optional.empty(), Map.of("kubernetes.io/os", "linux"));

    @TempDir
    private static Path folder;

    private static RealApi api;
    private static KubernetesClient client;

    private final KubevirtNetworks networks =
            new KubevirtNetworks(client, SETTINGS, gateways(client), Duration.ofSeconds(60));
    private final KubevirtMachines machines = new KubevirtMachines(client, SETTINGS);
    private final ClusterInventory inventory = new ClusterInventory(new ClusterApi(client), Accelerator.TCG);

    @BeforeAll
    static void start() throws Exception {
        api = RealApi.start(folder);
        api.install(RealApi.definitions().orElseThrow());
        client = api.client();
    }

    @AfterAll
    static void end() throws Exception {
        if (api != null) {
            client.close();
            api.close();
        }
    }

    @AfterEach
    void removeAll() {
        client.storage().v1().storageClasses().delete();
        client.namespaces().list().getItems().stream()
                .map(each -> each.getMetadata().getName())
                .filter(name -> name.startsWith("lab-"))
                .forEach(name -> client.namespaces().withName(name).delete());
    }

    private static GatewayPods gateways(KubernetesClient client) {
        return new GatewayPods(client, SETTINGS, (images, current, run) -> "registry.example/gateway:1");
    }

    private static Plan plan(String name) {
        return plan(name, "3GiB", ", {name: w2, role: worker, memory: 2GiB, boot: tftp, networks: [storage]}");
    }

    private static Plan plan(String name, String memory, String more) {
        try {
            Path file = Files.writeString(folder.resolve(name + ".yaml"), """
                    apiVersion: lab/v1
                    name: %s
                    image: %s
                    network: {dualStack: true}
                    networks: [{name: storage, cidr: 10.79.0.0/24}]
                    nodes: [{name: cp, role: controller+worker, memory: %s, networks: [storage]},
                      {name: w1, role: worker, memory: 2GiB, boot: uefi-pxe, networks: []}%s]
                    """.formatted(
                            name, Path.of("images/debian.yaml").toAbsolutePath(), memory, more));
            return Plan.of(Specs.readCluster(file), Cidr.parse("10.78.0.0/24"), Cidr.parse("10.79.0.0/24"));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static Mark mark(Plan plan, String id, String node) {
        return new Mark(plan.lab(), id, "/home/me/labs", node, "", "1");
    }

    private void define(Plan plan, String id) throws InterruptedException {
        for (NetworkPlan network : plan.networks()) {
            networks.define(new NetworkRequest(
                    plan, network, mark(plan, id, ""), Path.of("/none"), network.bootUrl() + "/boot.ipxe"));
        }
        networks.start(plan.network().name());
        for (NodePlan node : plan.nodes()) {
            define(plan, node, id);
        }
    }

    private void define(Plan plan, NodePlan node, String id) throws InterruptedException {
        machines.define(request(plan, node, id));
    }

    private static MachineRequest request(Plan plan, NodePlan node, String id) {
        return new MachineRequest(
                plan,
                node,
                mark(plan, id, node.name()),
                AppliedSpec.of(node, "abc", ""),
                new LabFolder(folder),
                Accelerator.TCG,
                new MachineRequest.Boot(Path.of("/k"), Path.of("/i"), "", Optional.empty()),
                () -> FILES,
                Optional.empty());
    }

    /** What KubeVirt would write. */
    private void pretend(Plan plan, String node, String status) {
        patch(plan, node, "{\"status\": {\"created\": true, \"printableStatus\": \"%s\"}}".formatted(status));
    }

    private void patch(Plan plan, String node, String status) {
        Place place = Place.ofMachine(Place.plannedMachine(plan.lab(), node), SETTINGS);
        machines.expectChange(Place.plannedMachine(plan.lab(), node));
        client.genericKubernetesResources(Kinds.MACHINE)
                .inNamespace(place.namespace())
                .withName(place.name())
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), status);
    }

    @Test
    void whatKeepsAMachineFromRunningIsToldInKubevirtsWords() throws InterruptedException {
        Plan plan = plan("waits");
        define(plan, "id-1");

        assertThat(machines.trouble("lab-waits.cp")).isEmpty();
        patch(plan, "cp", "{\"status\": {\"stateChangeRequests\": [{\"action\": \"Start\"}]}}");
        assertThat(machines.state("lab-waits.cp"))
                .as("switched on a moment ago")
                .isEqualTo("starting");
        patch(plan, "cp", """
                {"status": {"created": true, "printableStatus": "ErrorUnschedulable", "conditions": [
                  {"type": "Ready", "status": "False", "reason": "GuestNotRunning", "message": "Guest VM is not reported as running"},
                  {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/3 nodes are available"}]}}
                """);
        assertThat(machines.trouble("lab-waits.cp")).isEqualTo("Unschedulable: 0/3 nodes are available");
        client.v1()
                .events()
                .inNamespace("lab-waits")
                .resource(event("cp-state", "ProvisioningFailed"))
                .create();
        client.v1()
                .events()
                .inNamespace("lab-waits")
                .resource(event("w1-state", "Bound"))
                .create();
        assertThat(machines.notes("lab-waits.cp"))
                .containsExactly(
                        "2026-11-28T01:50:02Z Warning ProvisioningFailed PersistentVolumeClaim/cp-state: the pool is full",
                        "now: Unschedulable: 0/3 nodes are available");
    }

    private static Event event(String claim, String reason) {
        return new EventBuilder()
                .withNewMetadata()
                .withName(claim + ".1")
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("PersistentVolumeClaim")
                .withNamespace("lab-waits")
                .withName(claim)
                .endInvolvedObject()
                .withType("Warning")
                .withReason(reason)
                .withMessage("the pool is full")
                .withLastTimestamp("2026-11-28T01:50:02Z")
                .build();
    }

    @Test
    void aDiskGrowsWhereItsClassLetsItAndNoneShrinks() throws InterruptedException {
        Plan plan = plan("grows");
        define(plan, "id-1");
        bind("lab-grows", "cp-state");
        assertThatThrownBy(() -> machines.requireGrowth("lab-grows.cp"))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.why())
                        .isEqualTo("storage class local does not say allowVolumeExpansion: true"));

        client.storage()
                .v1()
                .storageClasses()
                .resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("local")
                        .endMetadata()
                        .withProvisioner("lab.test/local")
                        .withAllowVolumeExpansion(true)
                        .build())
                .create();
        machines.requireGrowth("lab-grows.cp");
        Plan larger = plan("grows", "3GiB, disk: 40GiB", "");
        define(larger, larger.nodes().getFirst(), "id-1");
        assertThat(size("lab-grows", "cp-state")).isEqualTo(Bytes.mib(40 << 10).value());

        define(plan, plan.nodes().getFirst(), "id-1");
        assertThat(size("lab-grows", "cp-state")).isEqualTo(Bytes.mib(40 << 10).value());
    }

    /** As a provisioner and the volume controller do. */
    private static void bind(String namespace, String claim) {
        client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(claim)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"phase\": \"Bound\"}}");
    }

    private static long size(String namespace, String claim) {
        return DiskObjects.size(client.persistentVolumeClaims()
                        .inNamespace(namespace)
                        .withName(claim)
                        .get())
                .getNumericalAmount()
                .longValueExact();
    }

    @Test
    void aLabIsTakenAsItIsAndFoundAgainWithAllThatItWasMadeFrom() throws InterruptedException {
        Plan plan = plan("whole");

        define(plan, "id-1");
        pretend(plan, "cp", "Running");
        pretend(plan, "w1", "ErrorUnschedulable");

        Inventory found = inventory.read().of("whole");
        assertThat(found.domains())
                .extracting(Inventory.DomainFound::name)
                .containsExactly("lab-whole.cp", "lab-whole.w1", "lab-whole.w2");
        assertThat(found.domains())
                .extracting(Inventory.DomainFound::state)
                .containsExactly("running", "error-unschedulable", "shutoff");
        assertThat(found.domain("cp").orElseThrow()).satisfies(cp -> {
            assertThat(cp.made()).isEqualTo(AppliedSpec.of(plan.nodes().getFirst(), "abc", ""));
            assertThat(cp.mark()).isEqualTo(mark(plan, "id-1", "cp"));
            assertThat(cp.memory()).isEqualTo(Bytes.mib(3072));
            assertThat(cp.running()).isTrue();
        });
        assertThat(found.networks()).extracting(Inventory.NetworkFound::label).containsExactlyInAnyOrder("", "storage");
        assertThat(found.network().orElseThrow().addresses())
                .containsExactly(
                        Map.entry("cp", "10.78.0.11"), Map.entry("w1", "10.78.0.12"), Map.entry("w2", "10.78.0.13"));
        assertThat(found.network("lab-whole.storage").orElseThrow().addresses()).containsOnlyKeys("cp", "w2");
    }

    @Test
    void theApiTakesNoFieldThatItDoesNotKnow() throws InterruptedException {
        Plan plan = plan("strict");
        define(plan, "id-1");
        GenericKubernetesResource machine = client.genericKubernetesResources(Kinds.MACHINE)
                .inNamespace("lab-strict")
                .withName("cp")
                .get();
        GenericKubernetesResource wrong = new GenericKubernetesResource();
        wrong.setApiVersion(machine.getApiVersion());
        wrong.setKind(machine.getKind());
        wrong.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab-strict")
                .withName("cp")
                .withAnnotations(machine.getMetadata().getAnnotations())
                .build());
        wrong.setAdditionalProperty("spec", Map.of("runStrategie", "Manual"));

        assertThatThrownBy(() -> new ClusterApi(client).apply(wrong, mark(plan, "id-1", "cp")))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).contains("runStrategie"));
    }

    @Test
    void anEditChangesTheDescriptionAndLeavesTheDisk() throws InterruptedException {
        Plan plan = plan("edited");
        define(plan, "id-1");
        String claim = claim("lab-edited", "cp-state");

        Plan edited = plan("edited", "4GiB", "");
        define(edited, edited.nodes().getFirst(), "id-1");
        machines.mark(
                "lab-edited.cp",
                mark(plan, "id-1", "cp"),
                AppliedSpec.of(edited.nodes().getFirst(), "next", ""));
        machines.remove("lab-edited.w2");
        networks.forget("lab-edited", "w2");
        networks.forget("lab-edited.storage", "w2");

        Inventory found = inventory.read().of("edited");
        assertThat(found.domain("cp").orElseThrow().memory()).isEqualTo(Bytes.mib(4096));
        assertThat(found.domain("cp").orElseThrow().made().image()).isEqualTo("next");
        assertThat(claim("lab-edited", "cp-state")).isEqualTo(claim);
        assertThat(found.domain("w2")).isEmpty();
        assertThat(found.network().orElseThrow().addresses()).containsOnlyKeys("cp", "w1");
        assertThat(gatewayFiles("lab-edited")).containsOnlyKeys("dnsmasq.conf", "nat", "node-cp.conf", "node-w1.conf");

        networks.admit(plan, plan.nodes().getLast());
        assertThat(inventory
                        .read()
                        .of("edited")
                        .network("lab-edited.storage")
                        .orElseThrow()
                        .addresses())
                .containsOnlyKeys("cp", "w2");
        assertThat(gatewayFiles("lab-edited")).containsKey("node-w2.conf");
    }

    private static String claim(String namespace, String name) {
        return client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getMetadata()
                .getUid();
    }

    private static Map<String, String> gatewayFiles(String namespace) {
        return client.configMaps()
                .inNamespace(namespace)
                .withName(GatewayObjects.NAME)
                .get()
                .getData();
    }

    @Test
    void aSnapshotWithoutTheDiskIsNone() throws InterruptedException {
        Plan plan = plan("kept");
        define(plan, "id-1");
        KubevirtSnapshots snapshots = new KubevirtSnapshots(new ClusterApi(client), SETTINGS);
        snapshots.take("lab-kept.cp", "one", mark(plan, "id-1", "cp"), AppliedSpec.UNKNOWN);

        assertThat(snapshots.look("lab-kept.cp", "one")).isEqualTo(new Reading.NotYet<>("KubeVirt takes it"));
        snapshot("cp-one", "{\"phase\": \"Failed\", \"error\": {\"message\": \"the deadline passed\"}}");
        assertThat(snapshots.look("lab-kept.cp", "one"))
                .isEqualTo(new Reading.Never<>("the deadline passed", "see kubectl describe vmsnapshot"));
        snapshot("cp-one", "{\"readyToUse\": true, \"snapshotVolumes\": {\"excludedVolumes\": [\"state\"]}}");
        assertThat(snapshots.look("lab-kept.cp", "one"))
                .isInstanceOfSatisfying(Reading.Never.class, never -> assertThat(never.why())
                        .isEqualTo("KubeVirt left the node's disk out of it"));
        snapshots.remove("kept", "one");
        assertThat(snapshots.look("lab-kept.cp", "one")).isEqualTo(new Reading.Never<>("it is gone", "take another"));
    }

    private static void snapshot(String name, String status) {
        client.genericKubernetesResources(Kinds.SNAPSHOT)
                .inNamespace("lab-kept")
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": " + status + "}");
    }

    @Test
    void whatIsAnothersIsNeitherTakenNorChangedNorRemoved() throws InterruptedException {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("lab-theirs")
                        .endMetadata()
                        .build())
                .create();
        assertThatThrownBy(() -> define(plan("theirs"), "id-1"))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.what())
                        .isEqualTo("Namespace lab-theirs is another's"));
        var theirs = client.genericKubernetesResources(Kinds.NETWORK)
                .inNamespace("lab-theirs")
                .withName(Place.FIRST);
        client.resource(
                        "apiVersion: k8s.cni.cncf.io/v1\nkind: NetworkAttachmentDefinition\nmetadata: {name: boot, namespace: lab-theirs}\n")
                .create();
        client.resource("apiVersion: v1\nkind: Secret\nmetadata: {name: cp-config, namespace: lab-theirs}\n")
                .create();
        networks.stop("lab-theirs");
        networks.remove("lab-theirs");
        machines.remove("lab-theirs.cp");
        assertThat(theirs.get()).isNotNull();
        assertThat(client.secrets()
                        .inNamespace("lab-theirs")
                        .withName("cp-config")
                        .get())
                .isNotNull();
        assertThat(client.namespaces().withName("lab-theirs").get()).isNotNull();

        define(plan("mine"), "id-1");
        assertThatThrownBy(() -> define(plan("mine"), "id-2"))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).contains("lab mine in /home/me/labs"));
        assertThat(inventory.read().of("mine").marks())
                .allMatch(mark -> mark.id().equals("id-1"));
    }

    @Test
    void aLabGoesWithAllThatIsInItsNamespace() throws InterruptedException {
        define(plan("gone"), "id-1");

        networks.remove("lab-gone.storage");
        networks.remove("lab-gone");

        assertThat(client.namespaces().withName("lab-gone").get()).isNull();
        assertThat(inventory.read().of("gone").isEmpty()).isTrue();
        assertThatCode(() -> networks.remove("lab-gone")).as("twice").doesNotThrowAnyException();
    }

    @Test
    void whatHoldsANamespaceIsNamed() throws InterruptedException {
        define(plan("held"), "id-1");
        var machine = client.genericKubernetesResources(Kinds.MACHINE)
                .inNamespace("lab-held")
                .withName("cp");
        machine.edit(held -> {
            held.getMetadata().setFinalizers(List.of("lab.test/held"));
            return held;
        });

        assertThatThrownBy(() -> new KubevirtNetworks(client, SETTINGS, gateways(client), Duration.ofSeconds(6))
                        .remove("lab-held"))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.what()).isEqualTo("namespace lab-held did not go within 6 s");
                    assertThat(failure.why()).contains("lab.test/held");
                });
        machine.edit(held -> {
            held.getMetadata().setFinalizers(List.of());
            return held;
        });
    }

    @Test
    void whoMayNotIsToldWhatAndWhereTheRightsAre() throws InterruptedException {
        try (KubernetesClient user = api.userClient()) {
            assertThatThrownBy(() -> new ClusterInventory(new ClusterApi(user), Accelerator.TCG).read())
                    .isInstanceOfSatisfying(LabFailure.class, failure -> {
                        assertThat(failure.why()).contains("cannot list resource", "network-attachment-definitions");
                        assertThat(failure.next()).contains("lab doctor --engine kubevirt");
                    });
        }
    }

    /** With the rights that {@code --role} prints, and no others, a lab comes and goes. */
    @Test
    void theRoleHasAllRightsThatALabNeeds() throws InterruptedException {
        client.resource(Rights.role()).serverSideApply();
        client.resource(RealApi.BINDING).serverSideApply();
        Plan plan = plan("allowed");
        try (KubernetesClient user = api.userClient()) {
            assertThat(Rights.missing(user)).isEmpty();
            var its = new KubevirtNetworks(user, SETTINGS, gateways(user), Duration.ofSeconds(60));
            var theirs = new KubevirtMachines(user, SETTINGS);
            its.define(new NetworkRequest(
                    plan,
                    plan.network(),
                    mark(plan, "id-1", ""),
                    Path.of("/none"),
                    plan.network().bootUrl()));
            its.start("lab-allowed");
            theirs.define(request(plan, plan.nodes().getFirst(), "id-1"));
            its.admit(
                    Plan.of(plan.cluster(), Cidr.parse("10.78.0.0/24"), Cidr.parse("10.79.0.0/24")),
                    plan.nodes().get(1));
            its.forget("lab-allowed", "w1");
            theirs.mark("lab-allowed.cp", mark(plan, "id-1", "cp"), AppliedSpec.UNKNOWN);
            assertThat(theirs.state("lab-allowed.cp")).isEqualTo("shutoff");
            theirs.remove("lab-allowed.cp");
            its.stop("lab-allowed");
            assertThat(new ClusterInventory(new ClusterApi(user), Accelerator.TCG)
                            .read()
                            .of("allowed")
                            .networks())
                    .hasSize(1);
            its.remove("lab-allowed");
        } finally {
            client.rbac().clusterRoleBindings().withName("lab").delete();
        }
        assertThat(client.namespaces().withName("lab-allowed").get()).isNull();
    }
}
