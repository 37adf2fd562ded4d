package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.plan.Accelerator;
import vmlab.plan.Action;
import vmlab.plan.Inventory;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.site.OnTestDriver;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

/** A lab that runs, whose nodes have a key to a repository; on libvirt's test driver. */
class ProvisionAccessTest extends OnTestDriver {

    private final Cidr network = Cidr.parse("10.77.9.0/24");

    @Test
    void aKeyThatWasExchangedInPlaceIsAnEdit() throws Exception {
        Files.writeString(home.resolve("key"), "https://lab:first@git.example");
        Cluster cluster = cluster("{git: 'https://git.example/r.git', key: key}");
        up(cluster);
        assertThat(actions(cluster)).isEmpty();

        Files.writeString(home.resolve("key"), "https://lab:second@git.example");

        assertThat(actions(cluster)).singleElement().satisfies(action -> assertThat(action.text())
                .startsWith("restart: access to what is provisioned from ")
                .doesNotContain("first", "second"));
    }

    @Test
    void knownHostsThatWereExchangedAreAnEdit() throws Exception {
        Files.writeString(home.resolve("key"), "a key");
        Files.writeString(home.resolve("known"), "git.example ssh-ed25519 AAAA");
        Cluster cluster = cluster("{git: 'git@git.example:r.git', key: key, knownHosts: known}");
        up(cluster);

        Files.writeString(home.resolve("known"), "git.example ssh-ed25519 BBBB");

        assertThat(actions(cluster)).singleElement().isInstanceOf(Action.RestartNode.class);
    }

    @Test
    void credentialsInTheUrlAreNotNotedAndExchangingThemIsAnEditThatDoesNotShowThem() throws Exception {
        Cluster cluster = cluster("{git: 'https://ops:FIRST@git.example/r.git'}");
        up(cluster);
        String described = hypervisor
                .machines()
                .describe(Plan.of(cluster, network).nodes().getFirst().domain());
        assertThat(described).contains("https://git.example/r.git").doesNotContain("FIRST", "ops");

        List<Action> actions = actions(cluster("{git: 'https://ops:SECOND@git.example/r.git'}"));

        assertThat(actions).singleElement().isInstanceOf(Action.RestartNode.class);
        assertThat(actions.toString() + actions.getFirst().text()).doesNotContain("FIRST", "SECOND");
    }

    @Test
    void aKeyThatIsGoneIsSaidToBe() throws Exception {
        Files.writeString(home.resolve("key"), "a key");
        Cluster cluster = cluster("{git: 'https://git.example/r.git', key: key}");
        up(cluster);
        Files.delete(home.resolve("key"));

        assertThatThrownBy(() -> actions(cluster)).isInstanceOfSatisfying(LabFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(LabFailure.Kind.INPUT);
            assertThat(failure.what()).isEqualTo("provision.key can't be read");
        });
    }

    private Cluster cluster(String provision) throws IOException {
        Files.writeString(home.resolve("recipe.yaml"), "");
        return Specs.readCluster(Files.writeString(
                home.resolve("cluster.yaml"),
                "apiVersion: lab/v1\nname: demo\nimage: recipe.yaml\nnodes: [{name: cp}]\nprovision: " + provision
                        + "\n"));
    }

    private void up(Cluster cluster) throws InterruptedException {
        Plan plan = Plan.of(cluster, network);
        begun("demo");
        libvirt.createNetwork(plan, site().mark("demo", "", plan.network().hash()));
        new NodeMachine(site(), bootable(plan, Inventory.EMPTY), plan.nodes().getFirst()).define();
        hypervisor.machines().start(plan.nodes().getFirst().domain());
    }

    private List<Action> actions(Cluster cluster) {
        return bootable(Plan.of(cluster, network), hypervisor.inventory().of("demo"))
                .actions();
    }

    private static Bootable bootable(Plan plan, Inventory found) {
        var image = new BootImage(
                "debian", "a".repeat(64), Path.of("/nowhere"), "v1", Map.of("root.squashfs", new Artifact(1, "b")));
        return new Bootable(plan, Accelerator.PRETENDED, found, image);
    }
}
