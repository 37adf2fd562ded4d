package vmlab.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vmlab.kube.ClusterState;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Waiter;
import vmlab.site.NodeLogin;
import vmlab.ssh.SshSession;

/**
 * Readiness, with a word from the workers that do not show up: when one has been missing for a while, it is looked at from inside, again
 * and again, and what keeps it is added to the reason. A look is a TLS handshake of the API's and a few processes on the worker, which
 * both may be starving: it is made less often the longer it takes, and over one login.
 */
public final class WorkerWatch implements Waiter.Probe<ClusterState>, AutoCloseable {

    /** An emulated worker takes half a minute from its first packet to its registration. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    static final Duration PAUSE = Duration.ofSeconds(20);

    /** Of the time that a worker has been missing, for the pause until the next look. */
    private static final int SHARE = 5;

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    /** Which of the nodes the API has not heard of, or not for a while. */
    @FunctionalInterface
    public interface Roll {
        Set<String> missing() throws InterruptedException;
    }

    private final Waiter.Probe<ClusterState> readiness;
    private final Roll roll;
    private final List<NodeLogin> workers;
    private final Clock clock;
    private final Map<String, SshSession> sessions = new HashMap<>();
    private Optional<Instant> missingSince = Optional.empty();
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
            next = Optional.of(clock.instant().plus(pause(missing, moment)));
        }
        return found.isEmpty() ? now : new Reading.NotYet<>(why + "; " + found);
    }

    /** How long to look away after a look that began at {@code look}. */
    private Duration pause(Set<String> missing, Instant look) {
        if (missing.isEmpty()) {
            // As long as nobody is missed, or the API cannot say, patience begins anew.
            missingSince = Optional.empty();
            return PATIENCE;
        }
        missingSince = missingSince.or(() -> Optional.of(look));
        Duration share = Duration.between(missingSince.get(), clock.instant())
                .plus(PATIENCE)
                .dividedBy(SHARE);
        return Stream.of(PAUSE, share, Duration.between(look, clock.instant()))
                .max(Comparator.naturalOrder())
                .filter(longest -> longest.compareTo(LONGEST_PAUSE) < 0)
                .orElse(LONGEST_PAUSE);
    }

    private String look(Set<String> missing) throws InterruptedException {
        for (NodeLogin worker : workers) {
            if (missing.contains(worker.node())) {
                return switch (session(worker)) {
                    case Reading.Ready<SshSession>(var session) -> reach(worker, session);
                    case Reading.NotYet<SshSession>(var why) -> worker.node() + " cannot be logged in to: " + why;
                    case Reading.Never<SshSession>(var why, var _) -> worker.node() + " cannot be logged in to: " + why;
                };
            }
        }
        return "";
    }

    /** The login of the look before, as long as it stands. */
    private Reading<SshSession> session(NodeLogin worker) throws InterruptedException {
        SshSession kept = sessions.get(worker.node());
        if (kept != null && kept.isOpen()) {
            return new Reading.Ready<>(kept);
        }
        Reading<SshSession> login = worker.attempt();
        if (login instanceof Reading.Ready<SshSession>(var session)) {
            sessions.put(worker.node(), session);
        }
        return login;
    }

    private String reach(NodeLogin worker, SshSession session) throws InterruptedException {
        try {
            return new WorkerReach(worker.node()).look(session);
        } catch (LabFailure broken) {
            session.close();
            return worker.node() + " cannot be asked: " + broken.why();
        }
    }

    @Override
    public void close() {
        sessions.values().forEach(SshSession::close);
    }
}
