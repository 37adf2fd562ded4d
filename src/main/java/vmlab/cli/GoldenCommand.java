package vmlab.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.run.LabFailure;
import vmlab.snapshot.Goldens;
import vmlab.spec.Bytes;
import vmlab.spec.InvalidValue;

/** {@code lab golden}. */
@Command(
        name = "golden",
        subcommands = {
            GoldenCommand.ListThem.class,
            GoldenCommand.Verify.class,
            GoldenCommand.Remove.class,
            GoldenCommand.Collect.class
        },
        description = "Manage golden labs: copies, memory included, from which the next up starts in seconds.",
        footer = {"", "Examples:", "  lab golden list", "  lab golden rm single"})
final class GoldenCommand {

    @Command(name = "list", aliases = "show", description = "List golden labs, last used first.")
    static final class ListThem implements Callable<Integer> {

        @Parameters(arity = "0..1", paramLabel = "LAB", description = "Only those of this lab.")
        private String lab = "";

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            List<Goldens.Saved> all =
                    lab.isEmpty() ? goldens().all() : goldens().of(lab);
            if (output.isJson()) {
                output.json(all);
            } else if (all.isEmpty()) {
                output.line("no golden labs");
            } else {
                output.text(table(all));
            }
            return 0;
        }
    }

    @Command(name = "verify", description = "Check golden labs for changes since they were written.")
    static final class Verify implements Callable<Integer> {

        @Mixin
        private Output output;

        @Override
        public Integer call() throws IOException {
            List<String> damages = goldens().damages();
            if (output.isJson()) {
                output.json(damages);
            }
            if (!damages.isEmpty()) {
                throw LabFailure.lab(
                        "golden labs are not what was written",
                        String.join("; ", damages),
                        "lab golden rm LAB removes those of a lab; its next up boots");
            }
            if (!output.isJson()) {
                output.line("all are as they were written");
            }
            return 0;
        }
    }

    @Command(name = "rm", description = "Remove a lab's golden copies; its next up boots.")
    static final class Remove implements Callable<Integer> {

        @Parameters(paramLabel = "LAB", description = "Its name.")
        private String lab = "";

        @Mixin
        private Output output;

        @Override
        public Integer call() throws IOException {
            List<Goldens.Saved> its = goldens().of(lab);
            for (Goldens.Saved kept : its) {
                goldens().remove(kept.key());
            }
            if (output.isJson()) {
                output.json(its);
            } else {
                output.line(its.isEmpty() ? "no golden lab of " + lab : "removed " + its.size());
            }
            return 0;
        }
    }

    @Command(name = "gc", description = "Remove the least recently used, until the rest fits --limit.")
    static final class Collect implements Callable<Integer> {

        @Option(
                names = "--limit",
                paramLabel = "SIZE",
                description = "What the others may take: 5GiB. Default: what is kept to anyway, 20GiB.")
        private String limit = "";

        @Option(names = "--dry-run", description = "Only show what would be removed.")
        private boolean dryRun;

        @Mixin
        private Output output;

        @Override
        public Integer call() throws IOException {
            List<Goldens.Saved> gone = goldens().collect(limit(), dryRun);
            if (output.isJson()) {
                output.json(gone);
                return 0;
            }
            if (!gone.isEmpty()) {
                output.text(table(gone));
            }
            output.line("%s %d", dryRun ? "would remove" : "removed", gone.size());
            return 0;
        }

        private Bytes limit() {
            try {
                return limit.isEmpty() ? Goldens.LIMIT : Bytes.parse(limit);
            } catch (InvalidValue wrong) {
                throw LabFailure.input("--limit can't be used", wrong.what(), wrong.valid());
            }
        }
    }

    private static Goldens goldens() {
        return new Goldens(Surroundings.ofThisProcess().home());
    }

    private static String table(List<Goldens.Saved> all) {
        Table table = new Table("LAB", "MADE", "USED", "SIZE", "KEY");
        all.forEach(kept -> table.row(
                kept.lab(),
                Output.seconds(kept.made()),
                Output.seconds(kept.used()),
                new Bytes(kept.bytes()),
                kept.key()));
        return table.toString();
    }
}
