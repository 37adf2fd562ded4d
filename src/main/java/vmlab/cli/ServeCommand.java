package vmlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vmlab.boot.BootConfig;
import vmlab.serve.LabService;

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
            new LabService(config, here.home(), here.watches(), here.containers()).run();
        } catch (InterruptedException ended) {
            return 0;
        }
        return 0;
    }
}
