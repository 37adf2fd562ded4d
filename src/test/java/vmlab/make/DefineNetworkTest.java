package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import vmlab.image.BootImage;
import vmlab.observe.Status;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.plan.Plan;
import vmlab.power.Down;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

/** Networks are made so that no two overlap, whoever else makes some at the same moment. On libvirt's built-in test driver. */
class DefineNetworkTest extends OnTestDriver {

    private Cluster cluster(String name, String rest) throws Exception {
        Files.writeString(home.resolve("debian.yaml"), "");
        return Specs.readCluster(Files.writeString(
                home.resolve(name + ".yaml"),
                "apiVersion: lab/v1\nname: " + name + "\nimage: debian.yaml\nnodes: [{name: cp}]\n" + rest));
    }

    private Bootable define(Plan plan) throws InterruptedException {
        Bootable lab = new Bootable(
                plan, Accelerator.TCG, Inventory.EMPTY, new BootImage("debian", "abc", home, "", Map.of()));
        return new Run(event -> {}).perform(new DefineNetwork(site()), lab);
    }

    private Plan choose(Cluster cluster) {
        return new ChooseNetworks(cluster, hypervisor.inventory()).plan();
    }

    @Test
    void labsThatStartAtOnceGetNetworksThatDoNotOverlap() throws Exception {
        int labs = 6;
        CyclicBarrier start = new CyclicBarrier(labs);
        List<Callable<Bootable>> ups = new ArrayList<>();
        for (int i = 0; i < labs; i++) {
            Plan plan = choose(cluster("l" + i, "networks: [{name: back}]\n"));
            assertThat(plan.network().cidr())
                    .as("all choose the same")
                    .isEqualTo(choose(cluster("z", "")).network().cidr());
            ups.add(() -> {
                start.await();
                return define(plan);
            });
        }
        try (var threads = Executors.newFixedThreadPool(labs)) {
            for (var up : threads.invokeAll(ups)) {
                Plan made = up.get().plan();
                made.networks()
                        .forEach(network -> assertThat(hypervisor.inventory().network(network.name()))
                                .hasValueSatisfying(found -> {
                                    assertThat(found.cidr()).isEqualTo(network.cidr());
                                    assertThat(found.active()).isTrue();
                                }));
            }
        }
        List<Cidr> cidrs = hypervisor.inventory().networks().stream()
                .map(NetworkFound::cidr)
                .toList();
        assertThat(cidrs).hasSize(2 * labs).doesNotHaveDuplicates();
    }

    @Test
    void aNetworkThatAnotherLabHasIsRefusedByName() throws Exception {
        define(choose(cluster("first", "network: {cidr: 10.77.40.0/24}\n")));

        assertThatThrownBy(() -> choose(cluster("second", "network: {cidr: 10.77.40.0/25}\n")))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).contains("lab first has 10.77.40.0/24"));
    }

    @Test
    void aFreeNetworkIsNoneOfTheClusters() throws Exception {
        assertThat(choose(cluster("demo", "k0s: {config: {network: {podCIDR: 10.77.0.0/16}}}\n"))
                        .network()
                        .cidr())
                .isNotNull()
                .matches(cidr -> !cidr.overlaps(Cidr.parse("10.77.0.0/16")));
    }

    @Test
    void allNetworksOfALabAreFoundAgainAndGoWithIt() throws Exception {
        Plan made = define(choose(
                        cluster("demo", "network: {dualStack: true}\nnetworks: [{name: storage, mode: isolated}]\n")))
                .plan();

        Inventory found = hypervisor.inventory().of("demo");
        assertThat(found.network()).hasValueSatisfying(first -> assertThat(first.addresses())
                .containsExactly(Map.entry("cp", made.node("cp").address().getHostAddress())));
        assertThat(found.networks()).extracting(NetworkFound::label).containsExactly("", "storage");
        assertThat(Status.of("demo", "", found, home).network()).contains(", storage 10.");
        assertThat(choose(made.cluster())).as("what exists stays").isEqualTo(made);

        new Down(site()).run("demo", new Run(event -> {}));
        assertThat(hypervisor.inventory().of("demo").isEmpty()).isTrue();
    }
}
