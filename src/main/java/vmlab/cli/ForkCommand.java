package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.power.Teardown;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.Site;
import vmlab.snapshot.PrepareForks;
import vmlab.snapshot.StartFork;
import vmlab.spec.Specs;

/**
 * {@code lab fork}. The launcher runs it first where the lab is, which writes the forks' names into the file {@code LAB_FORKS}, then once
 * for each ({@code LAB_FORK}) in the host that is the fork's own.
 */
@Command(
        name = "fork",
        description = {
            "Bring up copies of a Ready lab in seconds.",
            "Each has a network of its own: the same nodes, addresses and certificates inside, its own kubeconfig outside. Memory and disks are shared until they are written to. Forks are made of a running lab, a snapshot of it or a golden lab; all commands know them by name, and lab down removes them."
        },
        footer = {
            "",
            "Examples:",
            "  lab fork single --count 4      single-1 to single-4",
            "  lab fork single --name try",
            "  lab fork single/before"
        })
final class ForkCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "LAB[/SNAPSHOT]", description = "What is forked.")
    private String source = "";

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--name", paramLabel = "NAME", description = "What they are called, numbered if several.")
    private Optional<String> name = Optional.empty();

    @Mixin
    private Output output;

    record Forked(String lab, Path kubeconfig) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<String> fork = Optional.ofNullable(System.getenv("LAB_FORK"));
        if (fork.isPresent()) {
            start(fork.get());
        } else {
            prepare();
        }
        return 0;
    }

    private void prepare() throws IOException, InterruptedException {
        String lab = source.split("/", 2)[0];
        String names = System.getenv("LAB_FORKS");
        if (names == null) {
            throw LabFailure.input(
                    "lab fork can't be run from here",
                    "each fork gets a host of its own, beside the one that this is in",
                    "run it outside of lab exec");
        }
        if (!Specs.isName(lab) || count < 1) {
            throw LabFailure.input(
                    count < 1 ? "--count " + count + " is none" : "there is no lab " + lab,
                    "lab fork takes the name of a lab, or LAB/SNAPSHOT, and how many copies",
                    "lab list shows the labs");
        }
        Surroundings here = Surroundings.ofThisProcess().at(lab);
        Optional<Site> site = here.connect().map(uri -> here.siteFor(lab));
        try (Progress progress = Progress.onStderr()) {
            Files.write(
                    Path.of(names),
                    here.run(lab, progress).perform(new PrepareForks(here.home(), site, count, name), source));
        } finally {
            site.ifPresent(there -> there.engine().close());
        }
    }

    private void start(String fork) throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        Site site = here.siteFor(fork);
        try (Progress progress = Progress.onStderr();
                var engine = site.engine()) {
            Path kubeconfig = start(site, here, fork, here.run(fork, progress));
            if (output.isJson()) {
                output.jsonLine(new Forked(fork, kubeconfig));
            } else {
                output.line("lab %s is up", fork);
                output.line("export KUBECONFIG=%s", Output.forShell(kubeconfig));
            }
        }
    }

    /** One that does not come up, or is interrupted, is gone afterwards. */
    private static Path start(Site site, Surroundings here, String fork, Run run) throws InterruptedException {
        boolean isUp = false;
        try {
            Path kubeconfig = run.perform(new StartFork(site, here.images()), fork);
            isUp = true;
            return kubeconfig;
        } finally {
            if (!isUp) {
                boolean interrupted = Thread.interrupted();
                run.perform(new Teardown(site, Teardown.Evidence.REMOVE), fork);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
