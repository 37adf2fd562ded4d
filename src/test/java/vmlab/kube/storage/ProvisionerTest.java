package vmlab.kube.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.kube.KubeApi;
import vmlab.run.LabFailure;
import vmlab.run.Reading;

@Execution(ExecutionMode.CONCURRENT)
class ProvisionerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Queue<String> unreadable = new ConcurrentLinkedQueue<>();
    private volatile String away = "";
    private KubernetesMockServer server;
    private KubernetesClient client;
    private Optional<Provisioner> provisioner = Optional.empty();

    @BeforeEach
    void answer() {
        Map<ServerRequest, Queue<ServerResponse>> answers = new ConcurrentHashMap<>();
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), answers, new KubernetesMixedDispatcher(answers), false);
        server.init();
        client = server.createClient();
    }

    @AfterEach
    void close() {
        provisioner.ifPresent(Provisioner::close);
        client.close();
        server.destroy();
    }

    @Test
    void aClaimGetsAFolderWhereItsPodGoes() throws Exception {
        start(true);
        String uid = client.resource(claim("data", "ReadWriteOnce"))
                .create()
                .getMetadata()
                .getUid();
        until(() -> !volumes().isEmpty());

        PersistentVolume volume = volumes().getFirst();
        String path = "/var/lib/lab/volumes/pvc-" + uid;
        assertThat(volume.getMetadata().getName()).isEqualTo("pvc-" + uid);
        assertThat(volume.getSpec().getLocal().getPath()).isEqualTo(path);
        assertThat(new Volume(volume).node()).contains("w1");
        assertThat(volume.getSpec().getClaimRef().getUid()).isEqualTo(uid);
        assertThat(volume.getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Delete");
        assertThat(done).containsExactly("w1 +[" + path + "] -[]");
    }

    @Test
    void aClaimThatNamesNoClassGetsOurs() throws Exception {
        start(true);
        until(() -> client.storage().v1().storageClasses().withName("local").get() != null);
        var offered = client.storage().v1().storageClasses().withName("local").get();
        assertThat(offered.getMetadata().getAnnotations())
                .containsEntry("storageclass.kubernetes.io/is-default-class", "true");
        assertThat(offered.getVolumeBindingMode()).isEqualTo("WaitForFirstConsumer");
    }

    @Test
    void whatAFolderCannotBeIsSaidWhereKubectlDescribeShowsIt() throws Exception {
        start(true);
        client.resource(claim("shared", "ReadWriteMany")).create();
        until(() -> !events().isEmpty());
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.getReason()).isEqualTo("ProvisioningFailed");
            assertThat(event.getMessage()).contains("ReadWriteOnce or ReadWriteOncePod, not [ReadWriteMany]");
            assertThat(event.getInvolvedObject().getName()).isEqualTo("shared");
        });
        assertThat(done).isEmpty();
    }

    @Test
    void aNodeThatIsAwayIsNamedAndTriedAgain() throws Exception {
        away = "w1";
        start(true);
        client.resource(claim("data", "ReadWriteOnce")).create();
        until(() -> !events().isEmpty());
        assertThat(events().getFirst().getMessage()).contains("node w1 can't be reached: no route");
        assertThat(volumes()).isEmpty();
        away = "";
        // What changes rings; otherwise the next try is seconds away.
        client.persistentVolumeClaims().inNamespace("shop").withName("data").edit(it -> labelled(it, "try", "again"));
        until(() -> !volumes().isEmpty());
    }

    @Test
    void theFolderGoesWithItsClaimAndNothingElseDoes() throws Exception {
        client.resource(volume("pvc-1", "/var/lib/lab/volumes/pvc-1", "Delete", "Released"))
                .create();
        client.resource(volume("pvc-2", "/var/lib/lab/volumes/pvc-2", "Retain", "Released"))
                .create();
        client.resource(volume("pvc-3", "/var/lib/lab/volumes/pvc-3", "Delete", "Bound"))
                .create();
        client.resource(volume("pvc-4", "/", "Delete", "Released")).create();
        start(true);
        until(() -> client.persistentVolumes().withName("pvc-1").get() == null);
        assertThat(done).containsExactly("w1 +[] -[/var/lib/lab/volumes/pvc-1]");
        assertThat(volumes())
                .extracting(it -> it.getMetadata().getName())
                .containsExactlyInAnyOrder("pvc-2", "pvc-3", "pvc-4");
    }

    @Test
    void whereNoneIsWantedOurClassGoesAndAnothersStays() throws Exception {
        DefaultClass.offer(client);
        start(false);
        until(() -> client.storage().v1().storageClasses().withName("local").get() == null);

        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("local")
                        .endMetadata()
                        .withProvisioner("example.org/other")
                        .build())
                .create();
        DefaultClass.withdraw(client);
        assertThat(client.storage().v1().storageClasses().withName("local").get())
                .isNotNull();
    }

    @Test
    void theVolumesOfANodeThatGoesAreGoneFromTheClusterToo() throws Exception {
        client.resource(volume("pvc-1", "/var/lib/lab/volumes/pvc-1", "Delete", "Bound"))
                .create();
        client.resource(volume("pvc-4", "/", "Delete", "Bound")).create();
        try (KubeApi api = new KubeApi(server.createClient())) {
            assertThat(LostVolumes.of(api, "cp")).isEqualTo(new Reading.Ready<>(0));
            assertThat(LostVolumes.of(api, "w1")).isEqualTo(new Reading.Ready<>(1));
        }
        assertThat(volumes()).extracting(it -> it.getMetadata().getName()).containsExactly("pvc-4");
    }

    @Test
    void aKubeconfigThatCannotBeReadForAMomentEndsNothing() throws Exception {
        unreadable.add("the kubeconfig can't be read");
        start(true);
        client.resource(claim("data", "ReadWriteOnce")).create();
        until(() -> !volumes().isEmpty());
    }

    private void start(boolean isWanted) {
        NodeFolders folders = (node, made, removed) -> {
            if (node.equals(away)) {
                throw LabFailure.lab("node " + node + " can't be reached", "no route", "");
            }
            done.add(node + " +" + made + " -" + removed);
        };
        provisioner = Optional.of(Provisioner.start(
                () -> {
                    if (!unreadable.isEmpty()) {
                        throw LabFailure.lab(unreadable.remove(), "it is being written", "");
                    }
                    return Optional.of(new KubeApi(server.createClient()));
                },
                folders,
                isWanted));
    }

    private List<PersistentVolume> volumes() {
        return client.persistentVolumes().list().getItems();
    }

    private List<Event> events() {
        return client.v1().events().inNamespace("shop").list().getItems();
    }

    /** As the scheduler and the controller of volumes leave it. */
    private static PersistentVolumeClaim claim(String name, String mode) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .withUid("1")
                .addToAnnotations("volume.kubernetes.io/storage-provisioner", "lab/state-disk")
                .addToAnnotations("volume.kubernetes.io/selected-node", "w1")
                .endMetadata()
                .withNewSpec()
                .withAccessModes(mode)
                .withStorageClassName("local")
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity("1Gi")))
                .endResources()
                .endSpec()
                .build();
    }

    private static PersistentVolumeClaim labelled(PersistentVolumeClaim claim, String key, String value) {
        return new PersistentVolumeClaimBuilder(claim)
                .editMetadata()
                .addToLabels(key, value)
                .endMetadata()
                .build();
    }

    private static PersistentVolume volume(String name, String path, String policy, String phase) {
        return new PersistentVolumeBuilder(new Claim(claim("data", "ReadWriteOnce")).volume(policy))
                .editMetadata()
                .withName(name)
                .endMetadata()
                .editSpec()
                .editLocal()
                .withPath(path)
                .endLocal()
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
