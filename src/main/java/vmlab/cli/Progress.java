package vmlab.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import vmlab.report.RunArchive;
import vmlab.run.Event;
import vmlab.run.Events;
import vmlab.run.Outcome;
import vmlab.run.Printable;
import vmlab.run.Seconds;

/**
 * What a user sees while a command runs: a line for each phase with what it waits for, why, and for how long, and beneath it one for each
 * node on its way up. On a terminal the lines of the running phase are drawn again in place; elsewhere each change is a line.
 */
final class Progress implements Events, AutoCloseable {

    private static final int INDENT = 13;
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String LINE_UP = "\u001b[A";

    private final PrintStream out;
    private final boolean live;
    private final IntSupplier width;
    private final Clock clock;
    private final NodeLines nodes;
    private final ScheduledExecutorService redraw;
    private int drawnBelow;
    private String phase = "";
    private String now = "";
    private Instant since;

    Progress(PrintStream out, boolean live, IntSupplier width, Clock clock, Optional<RunArchive> earlier) {
        this.nodes = new NodeLines(earlier);
        this.out = out;
        this.live = live;
        this.width = width;
        this.clock = clock;
        this.since = clock.instant();
        this.redraw = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        if (live) {
            redraw.scheduleAtFixedRate(this::draw, 250, 250, TimeUnit.MILLISECONDS);
        }
    }

    /** Progress on this process's stderr. */
    static Progress onStderr() {
        return onStderr(Optional.empty());
    }

    /** The same for a lab whose {@code earlier} runs say what to expect. */
    static Progress onStderr(RunArchive earlier) {
        return onStderr(Optional.of(earlier));
    }

    private static Progress onStderr(Optional<RunArchive> earlier) {
        return new Progress(System.err, Terminal.isStderr(), Terminal::width, Clock.systemUTC(), earlier);
    }

    @Override
    public synchronized void emit(Event event) {
        nodes.take(event);
        if (!live) {
            nodes.changes(clock.instant()).forEach(this::update);
        }
        switch (event) {
            case Event.PhaseStarted started -> {
                phase = started.phase();
                since = started.at();
                now = started.doing();
                draw();
            }
            case Event.Waiting waiting ->
                update(prefix(waiting.node()) + "waiting for " + waiting.what() + ": " + waiting.why());
            case Event.Looked looked -> {}
            case Event.Milestone said -> {}
            case Event.Planned planned -> {}
            case Event.ClockRead read -> {}
            case Event.Noted noted -> line(noted.phase(), noted.text());
            case Event.Checked checked -> {
                line(check(checked));
                more(checked);
            }
            case Event.PhaseDone done ->
                line("%s (%s)".formatted(done.result().isEmpty() ? "done" : done.result(), Seconds.text(done.took())));
            case Event.PhaseFailed failed -> line("failed (%s)".formatted(Seconds.text(failed.took())));
            case Event.Served served -> {}
            case Event.Leased leased -> {}
            case Event.Lifecycle changed -> {}
            case Event.Diagnosed found -> line(prefix(found.node()) + found.what() + ": " + found.evidence());
        }
    }

    private static String prefix(String node) {
        return node.isEmpty() ? "" : node + ": ";
    }

    private static String check(Event.Checked checked) {
        return "%s %s (%s)%s"
                .formatted(
                        switch (checked.status()) {
                            case PASSED -> "✔";
                            case FAILED -> "✘";
                            case SKIPPED -> "-";
                        },
                        checked.check(),
                        Seconds.text(checked.took()),
                        checked.passed() || checked.evidence().isBlank() ? "" : ": " + checked.evidence());
    }

    /** What else a check saw that failed. */
    private void more(Event.Checked checked) {
        if (checked.status() == Outcome.FAILED) {
            Printable.text(checked.evidence()).lines().skip(1).forEach(line -> out.println(" ".repeat(INDENT) + line));
        }
    }

    private void update(String words) {
        String text = Printable.text(words);
        boolean changed = !text.equals(now);
        now = text;
        if (live) {
            draw();
        } else if (changed) {
            out.println("%-10s %s"
                    .formatted(phase, text + " [" + Seconds.text(Duration.between(since, clock.instant())) + "]"));
        }
    }

    private void line(String text) {
        line(phase, text);
    }

    /** What is told of something else than the running phase goes by its own name. */
    private void line(String of, String text) {
        String first = Printable.text(text).lines().findFirst().orElse("");
        out.println(erased() + "%-10s %s".formatted(of, first));
    }

    private synchronized void draw() {
        if (live && !phase.isEmpty()) {
            String text = "%-10s %s … %s%s"
                    .formatted(
                            phase, now, Seconds.text(Duration.between(since, clock.instant())), nodes.expected(phase));
            StringBuilder drawn = new StringBuilder(erased()).append(cut(text));
            for (String node : nodes.lines(clock.instant())) {
                drawn.append(System.lineSeparator()).append(cut("  " + node));
                drawnBelow++;
            }
            out.print(drawn);
            out.flush();
        }
    }

    private String cut(String words) {
        String text = Printable.text(words);
        return text.substring(0, Math.min(text.length(), width.getAsInt() - 1));
    }

    /** What takes the drawn lines away again and leaves the cursor where they began. */
    private String erased() {
        String erased = live ? (CLEAR_LINE + LINE_UP).repeat(drawnBelow) + CLEAR_LINE : "";
        drawnBelow = 0;
        return erased;
    }

    @Override
    public synchronized void close() {
        redraw.shutdownNow();
        out.print(erased());
        out.flush();
    }
}
