package vmlab.make;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import vmlab.boot.BootConfig;
import vmlab.engine.NetworkRequest;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.plan.NetworkPlan;
import vmlab.plan.Plan;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Reading;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;
import vmlab.run.Waiter;
import vmlab.site.FolderTree;
import vmlab.site.Site;

/**
 * Makes the lab's networks, or starts them again where they stand still.
 *
 * <p>Labs that start at once may have chosen the same addresses. So each first defines its networks, where others see them, and then looks:
 * of two that overlap at least one sees the other, takes its own back and chooses anew. No lock is needed, and none would reach other
 * users of the same libvirt.
 */
public final class DefineNetwork implements Phase<Bootable, Bootable> {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Site site;

    /** The phase on {@code site}. */
    public DefineNetwork(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.NETWORK.toString();
    }

    @Override
    public String doing() {
        return "make a bridge with DHCP, DNS and PXE";
    }

    @Override
    public Bootable run(Bootable lab, Run run) throws InterruptedException {
        // Two that both see each other must not meet again: each pauses for a time of its own.
        Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextInt(20, 400));
        Plan plan = run.await("", "networks that no other lab takes at the same moment", LIMIT)
                .every(pause)
                .until(new Claim(lab));
        List<NetworkPlan> idle = plan.networks().stream()
                .filter(network -> lab.found().network(network.name()).stream().noneMatch(NetworkFound::active))
                .toList();
        if (plan.usesTftp()) {
            // dnsmasq does not start without it; what is in it comes with the boot server.
            FolderTree.createPrivate(site.folder(plan.lab()).path());
            FolderTree.createPrivate(site.folder(plan.lab()).tftp());
        }
        idle.forEach(network -> site.engine().networks().start(network.name()));
        run.result(
                idle.isEmpty()
                        ? "unchanged"
                        : idle.stream()
                                .map(network -> network + " on " + network.bridge())
                                .collect(Collectors.joining(", ")));
        return lab.on(plan);
    }

    /** Defines what is missing of the plan's networks, or, after the first try, of those of a new plan. */
    private final class Claim implements Waiter.Probe<Plan> {

        private final Bootable lab;
        private boolean tried;

        Claim(Bootable lab) {
            this.lab = lab;
        }

        @Override
        public Reading<Plan> read() {
            Plan plan = tried
                    ? new ChooseNetworks(
                                    lab.plan().cluster(),
                                    site.everything(lab.plan().lab()))
                            .plan()
                    : lab.plan();
            tried = true;
            List<NetworkPlan> missing = plan.networks().stream()
                    .filter(network -> lab.found().network(network.name()).isEmpty())
                    .toList();
            missing.forEach(network -> site.engine().networks().define(request(plan, network)));
            Optional<NetworkFound> other = collision(plan.lab(), missing);
            if (other.isEmpty()) {
                return new Ready<>(plan);
            }
            missing.forEach(network -> site.engine().networks().remove(network.name()));
            return new NotYet<>(
                    "lab " + other.get().mark().lab() + " takes " + other.get().cidr());
        }

        private Optional<NetworkFound> collision(String lab, List<NetworkPlan> made) {
            return made.isEmpty()
                    ? Optional.empty()
                    : site.engine().inventory().networks().stream()
                            .filter(other -> !other.mark().lab().equals(lab))
                            .filter(other ->
                                    made.stream().anyMatch(own -> own.cidr().overlaps(other.cidr())))
                            .findFirst();
        }

        private NetworkRequest request(Plan plan, NetworkPlan network) {
            String bootUrl = BootConfig.url(plan.network().gateway().getHostAddress()) + "/boot.ipxe";
            return new NetworkRequest(
                    plan, network, site.mark(plan.lab(), "", network.hash()), site.folder(plan.lab()), bootUrl);
        }
    }
}
