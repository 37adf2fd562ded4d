package vmlab.suite.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vmlab.image.E2eTests;
import vmlab.run.CheckResult;
import vmlab.run.LabFailure;
import vmlab.run.Run;

/**
 * A run of conformance specs, or one that takes an earlier one up again.
 *
 * @param folder where it leaves what it found
 */
public record Conformance(E2eTests tests, Selection selection, Path folder) {

    /** The suite's name in every report. */
    public static final String NAME = "conformance";

    private static final Duration TICK = Duration.ofSeconds(15);

    /** The names of the specs that a run would take. */
    public static List<String> names(E2eTests tests, Selection selection) {
        return SpecNames.of(tests).chosenBy(selection);
    }

    /**
     * Runs them against the cluster of {@code kubeconfig}, and says how each ended, those of the earlier run included; {@code tick} is
     * called now and then, and ends the run by an exception.
     */
    public List<CheckResult> run(Path kubeconfig, Run run, Runnable tick) throws InterruptedException {
        Folder kept = new Folder(folder);
        List<String> specs =
                switch (selection.earlier()) {
                    case NONE -> names(tests, selection);
                    case RESUME -> kept.left();
                    case RERUN_FAILED -> kept.failed();
                };
        if (selection.earlier() == Selection.Earlier.NONE) {
            kept.begin(specs);
        }
        if (!specs.isEmpty()) {
            take(specs, kept, kubeconfig, run, tick);
        }
        Map<String, Spec> ended = kept.ended();
        if (selection.isWholeRun()) {
            new Submission(folder, tests.version(), selection.images().isPresent()).write(ended.values());
        }
        return ended.values().stream().map(spec -> Tally.result(NAME, spec)).toList();
    }

    private void take(List<String> specs, Folder kept, Path kubeconfig, Run run, Runnable tick)
            throws InterruptedException {
        Tally tally = new Tally(NAME, specs.size(), run);
        GinkgoLog log = new GinkgoLog(Set.copyOf(specs), tally::ended);
        tally.show("");
        int status;
        try {
            status = new E2eRun(
                            tests,
                            kubeconfig,
                            selection.images().map(images -> images.resolve("repos.yaml")),
                            kept,
                            TICK)
                    .run(selection.isWholeRun() ? List.of() : specs, log::take, () -> {
                        tick.run();
                        tally.show(log.running());
                    });
        } catch (IOException error) {
            throw LabFailure.machine(
                    "the conformance tests could not be run",
                    String.valueOf(error.getMessage()),
                    "see whether " + folder + " can be written and has room");
        }
        if (tally.done() < specs.size()) {
            throw LabFailure.lab(
                    "e2e.test ended after " + tally.done() + " of " + specs.size() + " specs",
                    log.failedAround().isEmpty() ? "exit status " + status : String.join("\n", log.failedAround()),
                    "read " + kept.log() + "; --resume runs what is left");
        }
    }
}
