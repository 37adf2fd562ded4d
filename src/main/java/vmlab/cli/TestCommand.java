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
import picocli.CommandLine.Option;
import vmlab.kube.smoke.SuiteResult;
import vmlab.phase.Access;
import vmlab.phase.Check;
import vmlab.phase.Site;
import vmlab.report.JunitXml;
import vmlab.run.Event;
import vmlab.run.Events;
import vmlab.run.Run;

/** {@code lab test}. */
@Command(
        name = "test",
        description = "Runs the smoke tests on a lab that is up: scheduling, logs, exec, DNS, services, volumes.")
final class TestCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Output output;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the result as JUnit XML.")
    private Optional<Path> junit = Optional.empty();

    @Override
    public Integer call() throws InterruptedException, IOException {
        String lab = target.name();
        Surroundings here = Surroundings.ofThisProcess();
        if (here.connect().isEmpty()) {
            throw Access.notUp(lab);
        }
        List<Event.Checked> checks = Collections.synchronizedList(new ArrayList<>());
        Events collect = event -> {
            if (event instanceof Event.Checked checked) {
                checks.add(checked);
            }
        };
        Site site = here.site();
        SuiteResult result;
        try (Progress progress = Progress.onStderr();
                var hypervisor = site.hypervisor()) {
            result = new Check(site).run(lab, new Run(Events.toAll(List.of(progress, collect))));
        }
        if (junit.isPresent()) {
            Files.writeString(junit.get(), JunitXml.of(result.suite(), checks));
        }
        if (output.isJson()) {
            output.json(result.checks());
        } else {
            output.line("%s", result.summary());
        }
        return result.passed() ? 0 : 1;
    }
}
