package vmlab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.run.Event;
import vmlab.run.MilestoneName;
import vmlab.run.PhaseName;

/**
 * Follows one node through its stages. Times are those at which word of something came, by this machine's clock; only how long its kernel
 * had run by then is taken from the node itself, for nobody can report the moment in which a kernel starts.
 */
final class NodeReader {

    private final Event.PlannedNode node;
    private final Instant start;
    private final List<Span> spans = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final List<String> evidence = new ArrayList<>();
    private Optional<Stage> stage = Optional.empty();
    private Instant since;
    private Optional<Instant> poweredOn = Optional.empty();
    private Optional<Instant> provisioning = Optional.empty();
    private Optional<Instant> ready = Optional.empty();
    private Optional<Duration> clockAhead = Optional.empty();
    private boolean isRestoring;

    NodeReader(Event.PlannedNode node, Instant start) {
        this.node = node;
        this.start = start;
        this.since = start;
    }

    void take(Event event) {
        switch (event) {
            case Event.PhaseStarted begun when PhaseName.POWER.is(begun.phase()) -> poweredOn = Optional.of(begun.at());
            case Event.PhaseStarted begun when PhaseName.RESTORE.is(begun.phase()) -> isRestoring = true;
            case Event.Planned planned when isRestoring -> enter(Stage.RESTORE, planned.at());
            case Event.PhaseDone done when PhaseName.RESTORE.is(done.phase()) -> endRestore(done.at());
            case Event.Lifecycle changed
            when isOurs(changed.node()) -> {
                note(event);
                machine(changed);
            }
            case Event.Milestone said
            when isOurs(said.node()) -> {
                said(said);
            }
            case Event.Served served when isOurs(served.node()) -> note(event);
            case Event.Leased leased when isOurs(leased.node()) -> note(event);
            case Event.Waiting wait when isOurs(wait.node()) -> note(event);
            case Event.PhaseFailed failed when isOurs(failed.node()) -> note(event);
            case Event.ClockRead read
            when isOurs(read.node()) -> clockAhead = Optional.of(Duration.between(read.at(), read.clock()));
            default -> {}
        }
    }

    /** One that is not Ready by then did not come back to life, and boots. */
    private void endRestore(Instant at) {
        isRestoring = false;
        if (stage.isPresent()) {
            close(at, false);
            stage = Optional.empty();
        }
    }

    private boolean isOurs(String name) {
        return node.name().equals(name);
    }

    private void machine(Event.Lifecycle changed) {
        if (changed.state().equals("started") && !isRestoring) {
            poweredOn = Optional.of(changed.at());
            enter(Stage.FIRMWARE, changed.at());
        }
    }

    private void said(Event.Milestone said) {
        if (stage.isEmpty() && (said.is(MilestoneName.PXE) || said.is(MilestoneName.INITRD_NETWORK))) {
            enter(Stage.FIRMWARE, poweredOn.orElse(said.at()));
        }
        Optional<MilestoneName> known = MilestoneName.of(said.name());
        if (known.isEmpty()) {
            note(said);
            return;
        }
        switch (known.get()) {
            case PXE -> {
                if (stage.filter(now -> now != Stage.FIRMWARE).isPresent()) {
                    enter(Stage.FIRMWARE, said.at());
                }
                note(said);
            }
            case INITRD_NETWORK -> {
                Instant kernel = said.uptime().isZero() ? since : said.at().minus(said.uptime());
                enter(Stage.KERNEL, kernel.isBefore(since) ? since : kernel);
                note(said);
                enter(Stage.ROOTFS, said.at());
            }
            case ROOT -> {
                note(said);
                enter(Stage.INIT, said.at());
            }
            case PROVISION_START -> {
                note(said);
                provisioning = Optional.of(said.at());
            }
            case PROVISION, PROVISION_FAILED -> {
                note(said);
                Instant from = provisioning.orElse(since);
                spans.add(new Span(Stage.PROVISION, at(from), at(said.at()), false, List.of(said.text())));
                provisioning = Optional.empty();
            }
            case K0S -> {
                if (stage.filter(now -> now.ordinal() < Stage.K0S.ordinal()).isPresent()) {
                    enter(Stage.K0S, said.at());
                }
                note(said);
            }
            case JOINED -> {
                if (stage.isPresent()) {
                    enter(Stage.READY, said.at());
                }
                note(said);
            }
            case READY -> {
                note(said);
                done(said.at());
            }
            default -> note(said);
        }
    }

    /** The API of this controller answers: all that is awaited of one that runs no pods. */
    void apiAnswers(Instant at) {
        if (stage.filter(now -> now == Stage.K0S).isPresent()) {
            evidence.add("its API answers");
            done(at);
        }
    }

    private void done(Instant at) {
        if (stage.isPresent()) {
            close(at, false);
            stage = Optional.empty();
            ready = Optional.of(at);
        }
    }

    private void enter(Stage next, Instant at) {
        close(at, false);
        stage = Optional.of(next);
        since = at;
    }

    private void close(Instant at, boolean open) {
        stage.ifPresent(now -> spans.add(new Span(now, at(since), at(at), open, List.copyOf(evidence))));
        evidence.clear();
    }

    private void note(Event event) {
        Moments.of(event, start).ifPresent(moment -> {
            moments.add(moment);
            evidence.add(Texts.seconds(moment.at()) + "  " + moment.line());
        });
    }

    private Duration at(Instant instant) {
        return Duration.between(start, instant);
    }

    /** What became of it by {@code end}. */
    NodeRun read(Instant end) {
        close(end, true);
        provisioning.ifPresent(
                from -> spans.add(new Span(Stage.PROVISION, at(from), at(end), true, List.of("run.sh runs"))));
        return new NodeRun(
                node.name(),
                node.role(),
                node.boot(),
                node.address(),
                List.copyOf(spans),
                List.copyOf(moments),
                ready.map(this::at),
                clockAhead);
    }
}
