package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import vmlab.report.JunitXml;
import vmlab.run.Event;
import vmlab.run.Events;
import vmlab.run.Outcome;
import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.site.Site;
import vmlab.suite.Check;
import vmlab.suite.TestSuite;

/** {@code lab test}. */
@Command(
        name = "test",
        description = {
            "Run test suites against a running lab.",
            "smoke: scheduling, logs, exec, DNS, services, volumes, and the same from node to node.",
            "immutable: what a node may change, and what a reboot takes from it; reboots each node.",
            "ha: whether the cluster survives the loss of a controller; cuts the power of one, and restores it.",
            "partition: whether it notices a node that is cut off; unplugs a worker, and parts one of three controllers.",
            "conformance: Kubernetes' own specs marked [Conformance] (docs/conformance.md).",
            "./FOLDER: your own checks, each executable file in it (docs/testing.md)."
        },
        footer = {
            "",
            "Examples:",
            "  lab test single",
            "  lab test single --suite conformance --focus sig-auth",
            "  lab test single --suite ./checks --junit out.xml"
        })
final class TestCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Output output;

    @Option(
            names = "--suite",
            paramLabel = "SUITE",
            defaultValue = "smoke",
            description = "${COMPLETION-CANDIDATES}, or a folder, ./checks. Default: ${DEFAULT-VALUE}.",
            completionCandidates = SuiteChoice.Names.class,
            converter = SuiteChoice.Reader.class)
    private SuiteChoice suite = new SuiteChoice(List.of(), false);

    @Mixin
    private ConformanceOptions conformance;

    @Spec
    private CommandSpec spec;

    @Option(names = "--node", paramLabel = "NODE", description = "immutable: only this node. Default: each in turn.")
    private Optional<String> node = Optional.empty();

    @Option(names = "--no-reboot", description = "immutable: skip what only a reboot shows.")
    private boolean still;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the result as JUnit XML.")
    private Optional<Path> junit = Optional.empty();

    @Override
    public Integer call() throws InterruptedException, IOException {
        target.refuseFolder("lab test LAB --suite %s runs the checks in it");
        (suite.conformance() ? conformance.contradiction() : conformance.given()).ifPresent(wrong -> {
            throw new ParameterException(spec.commandLine(), wrong);
        });
        Surroundings here = Surroundings.ofThisProcess();
        List<Event.Checked> checks = Collections.synchronizedList(new ArrayList<>());
        Events collect = event -> {
            if (event instanceof Event.Checked checked) {
                checks.add(checked);
            }
        };
        List<SuiteResult> results;
        try (Progress progress = Progress.onStderr()) {
            Run run = new Run(Events.toAll(List.of(progress, collect)));
            Optional<ConformanceOptions.Built> built =
                    suite.conformance() ? Optional.of(conformance.build(here, run)) : Optional.empty();
            if (here.imageOnly()) {
                return 0;
            }
            if (conformance.isList()) {
                return list(conformance.names(built.orElseThrow()));
            }
            String lab = target.name();
            Site site = here.siteOf(lab);
            Path folder = conformance.folder(site.folder(lab));
            List<TestSuite> suites = built.<List<TestSuite>>map(its -> List.of(conformance.suite(its, folder)))
                    .orElseGet(() -> suite.suites().stream().map(TestSuite::of).toList());
            try (var engine = site.engine()) {
                results = new Check(site, node, !still).run(lab, suites, run);
            }
            if (suite.conformance()) {
                Files.writeString(folder.resolve("lab.xml"), JunitXml.of(checks));
            }
        }
        if (junit.isPresent()) {
            Files.writeString(junit.get(), JunitXml.of(checks));
        }
        if (output.isJson()) {
            output.json(results.stream().flatMap(r -> r.checks().stream()).toList());
        } else {
            results.forEach(result -> output.line("%s: %s", result.suite(), result.summary()));
        }
        // Of all suites one may have nothing to try here; of one that was named that is no success.
        boolean failed =
                results.stream().anyMatch(result -> !result.with(Outcome.FAILED).isEmpty());
        return !failed && results.stream().anyMatch(SuiteResult::passed) ? 0 : 1;
    }

    private int list(List<String> names) {
        if (output.isJson()) {
            output.json(names);
        } else {
            names.forEach(name -> output.line("%s", name));
        }
        return 0;
    }
}
