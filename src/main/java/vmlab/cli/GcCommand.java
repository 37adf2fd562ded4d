package vmlab.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.gc.Collected;
import vmlab.gc.Gc;
import vmlab.gc.Leftover;
import vmlab.gc.Spared;
import vmlab.run.LabFailure;
import vmlab.run.Printable;
import vmlab.run.Run;
import vmlab.site.Site;
import vmlab.spec.Bytes;

/** {@code lab gc}. */
@Command(
        name = "gc",
        description = {
            "Remove what crashed runs left behind.",
            "Machines and networks without a folder, folders without machines, locks, temporary files, old evidence and reports, and images that no lab uses. Labs that run or are stopped, other LAB_HOMEs and other users' labs are not touched."
        },
        footer = {
            "",
            "Examples:",
            "  lab gc --dry-run         show what would go, with sizes",
            "  lab gc --older-than 0d   also today's evidence and reports"
        })
final class GcCommand implements Callable<Integer> {

    private static final Duration OLDEST = Duration.ofDays(36500);

    @Option(names = "--dry-run", description = "Only show what would be removed.")
    private boolean dryRun;

    @Option(names = "--force", description = "Also remove state disks with data, of labs whose machines are gone.")
    private boolean force;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            defaultValue = "14d",
            description = "Age from which evidence, reports and build logs go: 12h, 14d. Default: ${DEFAULT-VALUE}.")
    private String age = "";

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "1",
            description = "Keep the newest N images of each recipe. Default: ${DEFAULT-VALUE}.")
    private int keep;

    @Mixin
    private Output output;

    record Row(String kind, String what, long bytes, boolean removed) {
        static Row of(Leftover leftover) {
            String kind = leftover.kind().name().toLowerCase(Locale.ROOT);
            return new Row(kind, leftover.what(), leftover.bytes(), leftover.state() == Leftover.State.REMOVED);
        }
    }

    record Result(boolean dryRun, long bytes, List<Row> leftovers, List<Spared> leftAlone) {}

    @Override
    public Integer call() throws InterruptedException {
        Duration old = age();
        int kept = ImageGcCommand.checked(keep);
        Surroundings here = Surroundings.ofThisProcess();
        Optional<Site> site = here.connect().map(uri -> here.anySite());
        try {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            Collected collected = new Gc(here.home(), temporary, here.uri(), site, here.images())
                    .run(dryRun, force, old, kept, new Run(event -> {}));
            show(collected);
            return collected.spared().stream().anyMatch(Spared::failed) ? 1 : 0;
        } finally {
            site.ifPresent(there -> there.engine().close());
        }
    }

    private Duration age() {
        try {
            String written = age.toUpperCase(Locale.ROOT);
            Duration old = Duration.parse(written.endsWith("D") ? "P" + written : "PT" + written);
            if (!old.isNegative() && old.compareTo(OLDEST) <= 0) {
                return old;
            }
        } catch (DateTimeParseException wrong) {
            // As below.
        }
        throw LabFailure.input(
                "--older-than " + age + " is no age",
                "an age is a number with the unit s, m, h or d, up to " + OLDEST.toDays() + "d",
                "write it like 12h or 14d");
    }

    private void show(Collected collected) {
        List<Row> rows = collected.leftovers().stream().map(Row::of).toList();
        if (output.isJson()) {
            output.json(new Result(dryRun, collected.bytes(), rows, collected.spared()));
            return;
        }
        if (!rows.isEmpty()) {
            Table table = new Table("KIND", "SIZE", "WHAT");
            rows.forEach(row -> table.row(row.kind(), new Bytes(row.bytes()), row.what()));
            output.text(table.toString());
        }
        output.line("%s %d, %s", dryRun ? "would remove" : "removed", rows.size(), new Bytes(collected.bytes()));
        for (Spared spared : collected.spared()) {
            String verb = spared.failed() ? "not removed" : "left alone";
            System.err.println(Printable.text(verb + ": " + spared.what() + ": " + spared.why()));
            System.err.println(Printable.text("  next: " + spared.next()));
        }
    }
}
