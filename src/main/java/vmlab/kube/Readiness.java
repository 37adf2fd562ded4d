package vmlab.kube;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import vmlab.run.Events;
import vmlab.run.Reading;
import vmlab.run.Waiter;

/**
 * Whether a cluster is Ready and stays so. Shortly after its first Ready an emulated cluster may lose its API for minutes and come back
 * by itself; and a pod may lack its image for the moment it takes to import it. So Ready counts once it has held, and Never too.
 */
public final class Readiness implements Waiter.Probe<ClusterState> {

    /** How often to look: one look is three requests that an emulated API server has to answer beside its start. */
    public static final Duration PACE = Duration.ofSeconds(2);

    /** How long Ready must hold unless said otherwise. */
    public static final Duration HOLD = Duration.ofSeconds(10);

    private static final Duration HOPELESS_FOR = Duration.ofSeconds(60);

    private final KubeApi api;
    private final Set<String> nodes;
    private final Duration hold;
    private final Clock clock;
    private final NodesSeen seen;
    private Optional<Instant> goodSince = Optional.empty();
    private Optional<Instant> hopelessSince = Optional.empty();

    /** Awaits {@code nodes}, by name, and everything else that {@link KubeApi#look} looks at. */
    public Readiness(KubeApi api, Set<String> nodes, Duration hold, Clock clock) {
        this(api, nodes, hold, clock, event -> {});
    }

    /** The same, telling {@code events} when a node is seen to have joined, and to be Ready. */
    public Readiness(KubeApi api, Set<String> nodes, Duration hold, Clock clock, Events events) {
        this.api = api;
        this.nodes = nodes;
        this.hold = hold;
        this.clock = clock;
        this.seen = new NodesSeen(events, clock);
    }

    @Override
    public Reading<ClusterState> read() throws InterruptedException {
        Reading<ClusterState> now = api.look(nodes, seen);
        return switch (now) {
            case Reading.Ready<ClusterState> _ -> {
                hopelessSince = Optional.empty();
                goodSince = goodSince.or(() -> Optional.of(clock.instant()));
                yield lasted(goodSince, hold)
                        ? now
                        : new Reading.NotYet<>("all is Ready; it must hold for " + hold.toSeconds() + " s");
            }
            case Reading.NotYet<ClusterState> _ -> {
                goodSince = Optional.empty();
                hopelessSince = Optional.empty();
                yield now;
            }
            case Reading.Never<ClusterState>(var why, var next) -> {
                goodSince = Optional.empty();
                hopelessSince = hopelessSince.or(() -> Optional.of(clock.instant()));
                yield lasted(hopelessSince, HOPELESS_FOR) ? new Reading.Never<>(why, next) : new Reading.NotYet<>(why);
            }
        };
    }

    private boolean lasted(Optional<Instant> since, Duration length) {
        return !clock.instant().isBefore(since.orElseThrow().plus(length));
    }
}
