package vmlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vmlab.boot.BootConfig;
import vmlab.boot.BootServer;
import vmlab.host.Forward;
import vmlab.run.EventLog;
import vmlab.run.Scope;

/** {@code lab serve}: the boot server's process. Started by {@code up}, not by people. */
@Command(name = "serve", hidden = true, description = "Serves a lab's nodes until the lab is gone.")
final class ServeCommand implements Callable<Integer> {

    private static final int KUBERNETES_API = 6443;

    @Parameters(paramLabel = "BOOT.JSON")
    private Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BootConfig config = BootConfig.read(file);
        try (Scope scope = new Scope()) {
            BootServer server = scope.keep(new BootServer(config, new EventLog(Path.of(config.events()))));
            server.start();
            if (!config.apiSocket().isEmpty()) {
                scope.keep(Forward.fromUnixSocket(Path.of(config.apiSocket()), config.apiAddress(), KUBERNETES_API));
            }
            server.awaitEndOfLab();
        } catch (InterruptedException ended) {
            return 0;
        }
        return 0;
    }
}
