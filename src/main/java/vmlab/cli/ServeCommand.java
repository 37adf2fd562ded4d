package vmlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vmlab.boot.Balancer;
import vmlab.boot.BootConfig;
import vmlab.boot.BootServer;
import vmlab.host.Forward;
import vmlab.host.LabWatch;
import vmlab.plan.Plan;
import vmlab.run.EventLog;
import vmlab.run.Scope;

/** {@code lab serve}: the boot server's process. Started by {@code up}, not by people. */
@Command(name = "serve", hidden = true, description = "Serves a lab's nodes until the lab is gone.")
final class ServeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BOOT.JSON")
    private Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BootConfig config = BootConfig.read(file);
        try (Scope scope = new Scope()) {
            EventLog events = new EventLog(Path.of(config.events()));
            BootServer server = scope.keep(new BootServer(config, events));
            server.start();
            if (!config.controllers().isEmpty()) {
                scope.keep(Balancer.open(config.address(), Plan.API_PORT, config.controllers()));
                scope.keep(Balancer.open(config.address(), Plan.CONTROL_API_PORT, config.controllers()));
            }
            if (!config.apiSocket().isEmpty()) {
                scope.keep(Forward.fromUnixSocket(Path.of(config.apiSocket()), config.apiAddress(), Plan.API_PORT));
            }
            watch(config, events).ifPresent(scope::keep);
            server.awaitEndOfLab();
        } catch (InterruptedException ended) {
            return 0;
        }
        return 0;
    }

    /** Only where this command's libvirt is the lab's, which is so whenever {@code up} started it. */
    private static Optional<LabWatch> watch(BootConfig config, EventLog events) {
        Map<String, String> nodes =
                config.clients().stream().collect(Collectors.toMap(BootConfig.Client::mac, BootConfig.Client::node));
        return Surroundings.ofThisProcess().connect().flatMap(uri -> LabWatch.begin(uri, config.lab(), nodes, events));
    }
}
