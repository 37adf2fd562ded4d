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
        Surroundings here = Surroundings.ofThisProcess();
        try {
            // This command's libvirt is the lab's, which is so whenever up started it.
            new LabService(BootConfig.read(file), here.home(), here.connect()).run();
        } catch (InterruptedException ended) {
            return 0;
        }
        return 0;
    }
}
