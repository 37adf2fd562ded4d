package vmlab.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.phase.Up;
import vmlab.plan.LabFolder;
import vmlab.report.Timeline;
import vmlab.run.EventLog;
import vmlab.run.LabFailure;

/** {@code lab report}. */
@Command(
        name = "report",
        description = "Where the time of the last up went: every phase, and what the nodes said meanwhile.")
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String lab = target.name();
        var events = EventLog.read(
                LabFolder.of(Surroundings.ofThisProcess().home(), lab).events());
        Timeline timeline = Timeline.ofLast(events, Up.FIRST_PHASE);
        if (timeline.entries().isEmpty()) {
            throw LabFailure.lab("there is nothing to report of lab " + lab, "no up is on record", "lab up starts one");
        }
        if (output.isJson()) {
            output.json(timeline.entries());
        } else {
            Table table = new Table("AT", "TOOK", "PHASE", "NODE", "WHAT");
            timeline.entries()
                    .forEach(e -> table.row(
                            seconds(e.since()),
                            e.took().isZero() ? "" : seconds(e.took()),
                            e.phase(),
                            e.node(),
                            e.text()));
            output.text(table.toString());
        }
        return 0;
    }

    private static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / 1000.0);
    }
}
