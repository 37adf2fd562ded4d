package vmlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vmlab.boot.BootConfig;
import vmlab.engine.Engine;
import vmlab.serve.LabService;
import vmlab.serve.RemoteService;
import vmlab.site.Identity;
import vmlab.site.Site;

/** {@code lab serve}: the boot server's process. Started by {@code up}, not by people. */
@Command(name = "serve", hidden = true, description = "Serves a lab's nodes until the lab is gone.")
final class ServeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BOOT.JSON")
    private Path file;

    @Override
    public Integer call() throws IOException {
        BootConfig config = BootConfig.read(file);
        Surroundings here = Surroundings.ofThisProcess().at(config.lab());
        try {
            if (Identity.isHere(here.uri())) {
                new LabService(config, here.home(), here.watches(), here.containers()).run();
            } else {
                standBy(here, config);
            }
        } catch (InterruptedException ended) {
            return 0;
        }
        return 0;
    }

    private static void standBy(Surroundings here, BootConfig config) throws IOException, InterruptedException {
        Site site = here.siteFor(config.lab());
        try (Engine engine = site.engine()) {
            new RemoteService(config, here.home(), site.reach(config.lab()), here.watches()).run();
        }
    }
}
