package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.plan.LabFolder;
import vmlab.report.CriticalPath;
import vmlab.report.JunitXml;
import vmlab.report.LabRun;
import vmlab.report.Page;
import vmlab.report.PathStep;
import vmlab.report.RunArchive;
import vmlab.report.RunChecks;
import vmlab.report.RunHistory;
import vmlab.run.LabFailure;
import vmlab.run.PrivateFiles;

/** {@code lab report}. */
@Command(
        name = "report",
        description = {
            "Show where the time of the last up went, node by node.",
            "As a table, as a page with a chart, as SVG, JSON or JUnit XML. The last five runs of a lab that is gone are kept."
        },
        footer = {"", "Examples:", "  lab report single", "  lab report single --html report.html"})
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Output output;

    @Option(names = "--open", description = "Write the page and open it in the browser.")
    private boolean open;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the self-contained page; -: stdout.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--svg", paramLabel = "FILE", description = "Write the chart alone.")
    private Optional<Path> svg = Optional.empty();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write phases, nodes and smoke tests as JUnit XML.")
    private Optional<Path> junit = Optional.empty();

    record Result(LabRun run, List<PathStep> slowestPath, Optional<LabRun> before) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        String lab = target.name();
        Path home = Surroundings.ofThisProcess().home();
        LabFolder folder = LabFolder.of(home, lab);
        RunHistory history = RunHistory.read(new RunArchive(home, lab), folder.eventLogs())
                .orElseThrow(() -> LabFailure.lab(
                        "there is nothing to report of lab " + lab, "no up is on record", "lab up starts one"));
        if (history.isGone()) {
            System.err.println("lab: " + lab + " is gone; this is its last run, of "
                    + history.run().start());
        }
        Page page = new Page(history.run(), history.before());
        for (var file : List.of(
                new Form(html, true, () -> page.html(node -> serialLog(folder, node))),
                new Form(svg, true, page::svg),
                new Form(junit, false, () -> JunitXml.of(RunChecks.of(history.run()))))) {
            file.write(output);
        }
        if (open) {
            Path file = home.resolve("reports").resolve(lab).resolve("report.html");
            PrivateFiles.folder(file.getParent());
            PrivateFiles.write(file, page.html(node -> serialLog(folder, node)));
            Browser.open(file.toUri(), output);
        } else if (output.isJson()) {
            output.json(new Result(history.run(), CriticalPath.of(history.run()), history.before()));
        } else if (html.isEmpty() && svg.isEmpty() && junit.isEmpty()) {
            output.text(ReportTable.of(history.run()));
        }
        return 0;
    }

    /** One way to write the report; what a CI system collects must be readable by it, whoever it is. */
    private record Form(Optional<Path> file, boolean isPrivate, Supplier<String> text) {

        void write(Output output) throws IOException {
            if (file.isPresent() && file.get().toString().equals("-")) {
                output.text(text.get());
            } else if (file.isPresent() && isPrivate) {
                PrivateFiles.write(file.get(), text.get());
            } else if (file.isPresent()) {
                Files.writeString(file.get(), text.get());
            }
        }
    }

    private static Optional<String> serialLog(LabFolder folder, String node) {
        return List.of(folder.serialLog(node), folder.evidence().resolve(node + ".serial.log")).stream()
                .filter(Files::exists)
                .findFirst()
                .map(log -> log.toUri().toString());
    }
}
