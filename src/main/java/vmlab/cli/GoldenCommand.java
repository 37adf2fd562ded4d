package vmlab.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.golden.Goldens;
import vmlab.site.Site;
import vmlab.spec.Bytes;

/** {@code lab golden}. */
@Command(
        name = "golden",
        subcommands = {GoldenCommand.ListThem.class, GoldenCommand.Remove.class},
        description =
                "Labs that are kept as they were when they first were Ready, memory and all: the next up of the same plan goes"
                        + " on from there.")
final class GoldenCommand {

    @Command(name = "list", description = "List them, the newest first.")
    static final class ListThem implements Callable<Integer> {

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            List<Goldens.Kept> all = goldens().all();
            if (output.isJson()) {
                output.json(all);
                return 0;
            }
            Table table = new Table("LAB", "MADE", "SIZE");
            all.forEach(kept -> table.row(kept.lab(), kept.made(), new Bytes(kept.bytes())));
            output.text(table.toString());
            return 0;
        }
    }

    @Command(name = "rm", description = "Remove those of a lab; its next up boots.")
    static final class Remove implements Callable<Integer> {

        @Parameters(paramLabel = "LAB", description = "Its name.")
        private String lab = "";

        @Mixin
        private Output output;

        @Override
        public Integer call() throws IOException {
            output.line("removed %d", goldens().remove(lab));
            return 0;
        }
    }

    private static Goldens goldens() {
        return new Goldens(Site.goldens(Surroundings.ofThisProcess().home()));
    }
}
