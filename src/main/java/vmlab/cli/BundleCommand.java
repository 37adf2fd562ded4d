package vmlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.observe.Bundle;
import vmlab.observe.Diagnose;
import vmlab.plan.LabFolder;
import vmlab.run.Events;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.LabLog;
import vmlab.site.Site;

/** {@code lab bundle}. */
@Command(
        name = "bundle",
        description = {
            "Collect logs, events and diagnosis into one archive, without secrets.",
            "Diagnosis, events, plan, versions, consoles, a screenshot of each running node, logs of k0s and provisioning, DHCP, HTTP, libvirt's descriptions."
        },
        footer = {"", "Examples:", "  lab bundle single"})
final class BundleCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Where to write it. Default: LAB-bundle.tar.zst here.")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        String lab = target.name();
        Path to = file.orElse(Path.of(lab + "-bundle.tar.zst"));
        Surroundings here = Surroundings.ofThisProcess();
        LabFolder folder = LabFolder.of(here.home(), lab);
        long size;
        if (!here.everything(lab).of(lab).isEmpty()) {
            Site site = here.siteOf(lab);
            try (var engine = site.engine();
                    Progress progress = Progress.onStderr()) {
                new Run(Events.toAll(List.of(progress, LabLog.of(here.home(), lab)))).perform(new Diagnose(site), lab);
                size = Bundle.write(site, lab, to);
            }
        } else if (Files.isDirectory(folder.evidence())) {
            size = Bundle.write(folder, to);
        } else {
            throw Access.notUp(lab);
        }
        System.out.println(to + " (" + size / 1024 + " KiB)");
        return 0;
    }
}
