package vmlab.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vmlab.kube.ClusterState;
import vmlab.run.Reading;
import vmlab.run.Waiter;
import vmlab.site.NodeLogin;
import vmlab.ssh.SshSession;

/**
 * Readiness, with a word from the workers that do not show up: when one has been missing for a while, it is looked at from inside, again
 * and again, and what keeps it is added to the reason.
 */
public final class WorkerWatch implements Waiter.Probe<ClusterState> {

    /** An emulated worker takes half a minute from its first packet to its registration. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    static final Duration PAUSE = Duration.ofSeconds(20);

    /** Which of the nodes the API has not heard of, or not for a while. */
    @FunctionalInterface
    public interface Roll {
        Set<String> missing() throws InterruptedException;
    }

    private final Waiter.Probe<ClusterState> readiness;
    private final Roll roll;
    private final List<NodeLogin> workers;
    private final Clock clock;
    private Optional<Instant> next = Optional.empty();
    private String found = "";

    /** A watch over {@code workers} while {@code readiness} is awaited. */
    public WorkerWatch(Waiter.Probe<ClusterState> readiness, Roll roll, List<NodeLogin> workers, Clock clock) {
        this.readiness = readiness;
        this.roll = roll;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public Reading<ClusterState> read() throws InterruptedException {
        Reading<ClusterState> now = readiness.read();
        if (!(now instanceof Reading.NotYet<ClusterState>(var why)) || workers.isEmpty()) {
            return now;
        }
        Instant moment = clock.instant();
        next = next.or(() -> Optional.of(moment.plus(PATIENCE)));
        if (!moment.isBefore(next.get())) {
            Set<String> missing = roll.missing();
            found = look(missing);
            // As long as nobody is missed, or the API cannot say, patience begins anew.
            next = Optional.of(clock.instant().plus(missing.isEmpty() ? PATIENCE : PAUSE));
        }
        return found.isEmpty() ? now : new Reading.NotYet<>(why + "; " + found);
    }

    private String look(Set<String> missing) throws InterruptedException {
        for (NodeLogin worker : workers) {
            if (missing.contains(worker.node())) {
                return switch (worker.attempt()) {
                    case Reading.Ready<SshSession>(var session) -> {
                        try (session) {
                            yield new WorkerReach(worker.node()).look(session);
                        }
                    }
                    case Reading.NotYet<SshSession>(var why) -> worker.node() + " cannot be logged in to: " + why;
                    case Reading.Never<SshSession>(var why, var _) -> worker.node() + " cannot be logged in to: " + why;
                };
            }
        }
        return "";
    }
}
