package vmlab.make;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import vmlab.engine.NetworkRequest;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.plan.Mark;
import vmlab.plan.NetworkPlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.LockFile;
import vmlab.run.OpenFolder;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Reading;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;
import vmlab.run.Waiter;
import vmlab.site.Identity;
import vmlab.site.Site;

/**
 * Makes the lab's networks, or starts them again where they stand still.
 *
 * <p>Labs that start at once may have chosen the same addresses. So those of one home choose one after the other, under a lock. That does
 * not reach other users of the same libvirt: each lab first defines its networks, where others see them, and then looks: of two that
 * overlap at least one sees the other, takes its own back and chooses anew.
 */
public final class DefineNetwork implements Phase<Bootable, Bootable> {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration LIMIT_OF_OTHERS = Duration.ofMinutes(5);

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
        boolean isMade = lab.plan().networks().stream()
                .allMatch(network -> lab.found().network(network.name()).isPresent());
        Plan plan = isMade ? lab.plan() : claim(lab, run);
        List<NetworkPlan> idle = plan.networks().stream()
                .filter(network -> lab.found().network(network.name()).stream().noneMatch(NetworkFound::active))
                .toList();
        if (plan.usesTftp()) {
            // dnsmasq does not start without it; what is in it comes with the boot server.
            openFolder(site.tftp(plan.lab()));
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

    private static void openFolder(Path folder) {
        try {
            OpenFolder.make(folder);
        } catch (IOException error) {
            throw new UncheckedIOException(folder + " can't be made", error);
        }
    }

    private Plan claim(Bootable lab, Run run) throws InterruptedException {
        // Two that both see each other must not meet again: each pauses for a time of its own.
        Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextInt(20, 400));
        try (LockFile lock = run.await("", "other labs, which choose their networks", LIMIT_OF_OTHERS)
                .every(Duration.ofMillis(20))
                .until(() -> lock(lab.plan().lab()))) {
            return run.await("", "networks that no other lab takes at the same moment", LIMIT)
                    .every(pause)
                    .until(new Claim(lab));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private Reading<LockFile> lock(String lab) {
        return LockFile.look(site.home().resolve("networks.lock"), lab, other -> "lab " + other + " chooses");
    }

    /** Chooses anew among what is free by now, and defines what is missing of it. */
    private final class Claim implements Waiter.Probe<Plan> {

        private final Bootable lab;

        Claim(Bootable lab) {
            this.lab = lab;
        }

        @Override
        public Reading<Plan> read() {
            Plan plan = new ChooseNetworks(
                            lab.plan().cluster(), site.everything(lab.plan().lab()), Identity.isHere(site.uri()))
                    .plan();
            List<NetworkPlan> missing = plan.networks().stream()
                    .filter(network -> lab.found().network(network.name()).isEmpty())
                    .toList();
            missing.forEach(network -> define(plan, network));
            Optional<NetworkFound> other = collision(plan.lab(), missing);
            if (other.isEmpty()) {
                return new Ready<>(plan);
            }
            missing.forEach(network -> site.engine().networks().remove(network.name()));
            return new NotYet<>(
                    "lab " + other.get().mark().lab() + " takes " + other.get().cidr());
        }

        private void define(Plan plan, NetworkPlan network) {
            try {
                site.engine().networks().define(request(plan, network));
            } catch (LabFailure refused) {
                // Another home's lab of this name may have come first; that has words of its own.
                site.everything(plan.lab());
                throw refused;
            }
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
            Mark mark = site.mark(plan.lab(), "", network.hash());
            return new NetworkRequest(
                    plan, network, mark, site.tftp(plan.lab()), plan.network().bootUrl() + "/boot.ipxe");
        }
    }
}
