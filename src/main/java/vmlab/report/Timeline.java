package vmlab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import vmlab.run.Event;

/** The last {@code up} of a lab as a row of moments: each phase with its length, each milestone of a node, from the first event on. */
public record Timeline(List<Entry> entries) {

    /**
     * One moment.
     *
     * @param since the time from the beginning of the command
     * @param took how long it lasted; zero for a milestone
     * @param node empty where it is about the whole lab
     */
    public record Entry(Duration since, Duration took, String phase, String node, String text) {}

    /** The timeline of the last command that {@code events} tell of; commands begin with the phase named {@code first}. */
    public static Timeline ofLast(List<Event> events, String first) {
        int begin = events.size();
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i) instanceof Event.PhaseStarted started
                    && started.phase().equals(first)) {
                begin = i;
                break;
            }
        }
        List<Entry> entries = new ArrayList<>();
        String phase = first;
        for (Event event : events.subList(begin, events.size())) {
            Instant start = events.get(begin).at();
            switch (event) {
                case Event.PhaseStarted started -> phase = started.phase();
                case Event.PhaseDone done ->
                    entries.add(entry(start, done.at(), done.took(), done.phase(), "", done.result()));
                case Event.PhaseFailed failed ->
                    entries.add(entry(
                            start,
                            failed.at(),
                            failed.took(),
                            failed.phase(),
                            failed.node(),
                            "failed: " + failed.what()));
                case Event.Milestone said ->
                    entries.add(entry(
                            start,
                            said.at(),
                            Duration.ZERO,
                            phase,
                            said.node(),
                            (said.name() + " " + said.text()).strip()));
                case Event.Waiting waiting -> {}
                case Event.Noted noted -> {}
                case Event.Planned planned -> {}
                case Event.ClockRead read -> {}
                case Event.Checked checked -> {}
                case Event.Served served -> {}
                case Event.Leased leased -> {}
                case Event.Lifecycle changed -> {}
                case Event.Diagnosed found -> {}
            }
        }
        return new Timeline(List.copyOf(entries));
    }

    private static Entry entry(Instant start, Instant end, Duration took, String phase, String node, String text) {
        return new Entry(Duration.between(start, end).minus(took), took, phase, node, text);
    }
}
