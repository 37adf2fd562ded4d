package vmlab.cli;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.observe.EventText;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.EventTail;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.Access;

/** {@code lab events}. */
@Command(
        name = "events",
        description = {
            "Show what happened to a lab: phases, milestones, leases, requests, machines.",
            "With -o json one JSON object a line (docs/json.md)."
        },
        footer = {"", "Examples:", "  lab events single --follow"})
final class EventsCommand implements Callable<Integer> {

    private static final Duration EVER = Duration.ofDays(3650);
    private static final Duration PACE = Duration.ofMillis(200);

    @Mixin
    private Target target;

    @Mixin
    private Output output;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what happens from now on, until interrupted or the lab is gone.")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
        String lab = target.name();
        LabFolder folder = LabFolder.of(Surroundings.ofThisProcess().home(), lab);
        if (!Files.exists(folder.events())) {
            throw Access.notUp(lab);
        }
        EventTail tail = EventTail.ofAll(folder.events());
        show(tail);
        if (follow) {
            new Run(event -> {}).await("", "an event", EVER).every(PACE).until(() -> {
                show(tail);
                return Files.exists(folder.events()) && !Stdout.isClosed()
                        ? new Reading.NotYet<>("followed")
                        : new Reading.Ready<>(lab);
            });
        }
        return 0;
    }

    private void show(EventTail tail) {
        for (List<Event> more = tail.more(); !more.isEmpty(); more = tail.more()) {
            more.forEach(this::show);
        }
    }

    private void show(Event event) {
        if (output.isJson()) {
            output.event(event);
        } else {
            output.text(EventText.words(event));
        }
    }
}
