package vmlab.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static vmlab.kube.ClusterObjects.openNode;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.image.KilledBuild;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.site.OnTestDriver;
import vmlab.spec.Cluster;

/**
 * Commands killed at each event, before each change of a file and amid each write, and before each change of libvirt's: the next {@code up}
 * carries on with what was on the disks, or {@code down} leaves nothing. On libvirt's test driver, against an API that remembers.
 */
@EnableKubernetesMockClient(crud = true, https = false)
class KilledAnywhereTest extends OnTestDriver {

    private static final Points NONE = what -> {};

    /** It would tell of each request. */
    private static final Logger SILENCED = Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

    static {
        SILENCED.setLevel(Level.WARNING);
    }

    KubernetesMockServer server;
    KubernetesClient client;

    /** Each of some hundred labs waits for its disks to be on the disk; in memory that takes no time. */
    @TempDir(factory = InMemory.class)
    private Path memory;

    @TempDir
    private Path elsewhere;

    private KilledLab lab = new KilledLab(hypervisor, Path.of(""), "");
    private Cluster two = Clusters.ofNodes("killed", 2);

    @BeforeEach
    void aLab() throws IOException {
        lab = new KilledLab(hypervisor, memory, server.url("/"));
        two = Clusters.withFile(two, Files.writeString(elsewhere.resolve("cluster.yaml"), "name: killed"));
    }

    /** Kills {@code command} at each of its points, with {@code before} done each time. */
    private void everywhere(String name, Victim.Command before, Victim.Command command, Victim.Question after)
            throws Exception {
        new Victim(memory).killEverywhere(name, before, command, after);
        lab.down().run(NONE);
    }

    @Test
    void anUpIsCarriedOnByTheNextOrTakenAwayByDown() throws Exception {
        everywhere("up", NOTHING, lab.up(two), number -> {
            Map<String, String> before = lab.kept();
            if (number % 2 == 0) {
                lab.up(two).run(NONE);
                lab.isUp(2);
                assertThat(lab.kept()).containsAllEntriesOf(before);
            }
            lab.down().run(NONE);
            lab.isGone();
        });
    }

    private static final Victim.Command NOTHING = points -> {};

    @Test
    void aDownIsCarriedOnByTheNextAndAnUpBetweenTheTwoLosesNothing() throws Exception {
        // Folders are removed from the end of the alphabet: lab.json would go before this node's disk.
        Cluster one = Clusters.called(Clusters.firstOf(two), "cp");
        everywhere("down", lab.up(one), lab.down(), number -> {
            Map<String, String> before = lab.kept();
            before.keySet().removeIf(name -> !name.endsWith(LabFolder.STATE_DISK));
            if (number % 2 == 0) {
                try {
                    lab.up(one).run(NONE);
                    lab.isUp(1);
                } catch (LabFailure refused) {
                    assertThat(refused.next()).contains("lab down killed");
                }
                assertThat(lab.kept()).as("no disk is made anew").containsAllEntriesOf(before);
            }
            lab.down().run(NONE);
            lab.isGone();
        });
    }

    @Test
    void aStopIsUndoneByTheNextUp() throws Exception {
        Cluster one = Clusters.firstOf(two);
        everywhere("stop", lab.up(one), lab.stop(), number -> {
            Map<String, String> before = lab.kept();
            lab.up(one).run(NONE);
            lab.isUp(1);
            assertThat(lab.kept()).isEqualTo(before);
        });
    }

    /** One node goes, the other gets a label and a taint. */
    @Test
    void anEditIsCarriedOnByTheNextUp() throws Exception {
        Cluster edited =
                Clusters.relabelled(Clusters.firstOf(two), Map.of("tier", "fast"), List.of("only=mine:NoSchedule"));
        Victim.Command before = points -> {
            lab.down().run(NONE);
            client.nodes().delete();
            List.of("n0", "n1").forEach(node -> client.resource(openNode(node)).create());
            lab.up(two).run(NONE);
        };
        everywhere("up, edited", before, lab.edit(edited), number -> {
            Map<String, String> kept = lab.kept();
            kept.keySet().removeIf(name -> name.startsWith("n1."));

            lab.edit(edited).run(NONE);

            lab.isUp(1);
            assertThat(lab.kept()).isEqualTo(kept);
            assertThat(hypervisor.inventory().network().orElseThrow().addresses())
                    .containsOnlyKeys("n0");
            List<Node> nodes = client.nodes().list().getItems();
            assertThat(nodes).singleElement().satisfies(node -> {
                assertThat(node.getSpec().getUnschedulable()).isNull();
                assertThat(node.getSpec().getTaints()).hasSize(1);
                assertThat(node.getMetadata().getLabels()).containsEntry("tier", "fast");
            });
            assertThat(lab.folder().path()).isDirectoryNotContaining("glob:**.cordoned");
        });
    }

    @Test
    void anImageBuildIsMadeAnewAndNothingOfItStays() throws Exception {
        KilledBuild build = new KilledBuild(memory.resolve("build"));
        everywhere(
                "image build",
                NOTHING,
                points -> build.run(new WatchedFiles(points).path(memory.resolve("build")), points::at),
                number -> {
                    build.run(memory.resolve("build"), what -> {});
                    build.isWhole();
                    build.clear();
                });
    }
}
