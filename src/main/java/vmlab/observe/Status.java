package vmlab.observe;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import vmlab.diagnose.RefusedPulls;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.MilestoneName;
import vmlab.run.PhaseName;

/**
 * A lab as it is now: what libvirt says of it, and the last things that happened.
 *
 * @param state what {@link vmlab.site.LabState} calls it
 * @param image the image that the last {@code up} resolved, with the k0s inside
 * @param phase how the last {@code up} stands
 * @param missingImages the container images that pods wait for and that nobody has
 */
public record Status(
        String lab,
        String state,
        String network,
        String image,
        String phase,
        List<String> missingImages,
        List<NodeStatus> nodes) {

    private static final List<Class<? extends Event>> TOLD = List.of(
            Event.PhaseStarted.class,
            Event.PhaseDone.class,
            Event.PhaseFailed.class,
            Event.Milestone.class,
            Event.Served.class);

    /** A node asks for an image again within five minutes, as long as a pod wants it. */
    private static final Duration ASKED_AGAIN = Duration.ofMinutes(6);

    /**
     * One node; {@code lastSaid} is its last milestone.
     *
     * @param image the first digits of the digest of the image that it boots
     * @param k0s how often k0s was started since the last boot: "start 1"; or that it goes on since the node was "restored"
     * @param kubernetes whether its Kubernetes node joined or was Ready when last seen
     */
    public record NodeStatus(
            String name,
            String state,
            String address,
            int cpus,
            String memory,
            String accelerator,
            String image,
            String k0s,
            String kubernetes,
            String lastSaid) {}

    /** Puts it together without asking the nodes, in some milliseconds. */
    public static Status of(String lab, String state, Inventory found, Path home) {
        List<Event> events = EventLog.readOnly(LabFolder.of(home, lab).events(), TOLD);
        return new Status(
                lab,
                state,
                networks(found),
                last(events, Event.PhaseDone.class, done -> PhaseName.IMAGE.is(done.phase()), Event.PhaseDone::result),
                last(events, Event.class, Status::isOfPhase, Status::phase),
                missingImages(events),
                found.domains().stream()
                        .map(domain -> node(domain, found, events))
                        .toList());
    }

    private static List<String> missingImages(List<Event> events) {
        Instant begin = Instant.now().minus(ASKED_AGAIN);
        return RefusedPulls.of(events.stream()
                .filter(Event.Served.class::isInstance)
                .map(Event.Served.class::cast)
                .filter(served -> served.at().isAfter(begin)));
    }

    private static String networks(Inventory found) {
        return found.networks().isEmpty()
                ? "none"
                : found.networks().stream()
                        .map(n -> (n.isFirst() ? "" : n.label() + " ") + n.cidr() + (n.active() ? "" : " (stopped)"))
                        .collect(Collectors.joining(", "));
    }

    private static NodeStatus node(Inventory.DomainFound domain, Inventory found, List<Event> events) {
        String name = domain.mark().node();
        return new NodeStatus(
                name,
                domain.state(),
                found.network().map(n -> n.addresses().getOrDefault(name, "")).orElse(""),
                domain.cpus(),
                domain.memory().toString(),
                domain.accelerator().name(),
                domain.made()
                        .image()
                        .substring(0, Math.min(12, domain.made().image().length())),
                last(
                        events,
                        Event.Milestone.class,
                        said -> is(said, name, MilestoneName.K0S) || is(said, name, MilestoneName.RESTORED),
                        said -> said.is(MilestoneName.K0S) ? said.text() : said.name()),
                // What it said last of the cluster, it may have said before it went off, or was paused.
                domain.running() && !domain.standsStill()
                        ? last(
                                events,
                                Event.Milestone.class,
                                said -> is(said, name, MilestoneName.JOINED) || is(said, name, MilestoneName.READY),
                                Event.Milestone::name)
                        : "",
                last(events, Event.Milestone.class, said -> said.node().equals(name), Event.Milestone::name));
    }

    private static boolean is(Event.Milestone said, String node, MilestoneName name) {
        return said.node().equals(node) && said.is(name);
    }

    private static boolean isOfPhase(Event event) {
        return event instanceof Event.PhaseStarted
                || event instanceof Event.PhaseDone
                || event instanceof Event.PhaseFailed;
    }

    private static String phase(Event event) {
        return switch (event) {
            case Event.PhaseStarted started -> started.phase() + ": in progress";
            case Event.PhaseDone done -> done.phase() + ": done";
            case Event.PhaseFailed failed -> failed.phase() + ": failed, " + failed.what();
            default -> "";
        };
    }

    private static <E extends Event> String last(
            List<Event> events, Class<E> kind, Predicate<E> which, Function<E, String> text) {
        return events.reversed().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(which)
                .findFirst()
                .map(text)
                .orElse("");
    }
}
