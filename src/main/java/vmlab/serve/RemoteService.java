package vmlab.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import vmlab.boot.BootConfig;
import vmlab.engine.Watch;
import vmlab.net.Forward;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.run.AtomicFile;
import vmlab.run.EventLog;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.run.Scope;
import vmlab.site.Reach;

/**
 * Stands by a lab whose nodes are served elsewhere: leads this machine's user to its API, volumes, ports and page, and notes what the engine
 * says of its machines.
 *
 * @param home the folder of all labs
 * @param reach the ways to the lab
 * @param watches sees the lab's machines
 */
public record RemoteService(BootConfig config, Path home, Reach reach, Watch.Source watches) {

    private static final Duration PACE = Duration.ofSeconds(2);

    /** Serves; returns when the lab is gone. */
    public void run() throws IOException, InterruptedException {
        LabFolder folder = reach.folder();
        EventLog events = new EventLog(folder.events());
        Map<String, String> nodes =
                config.clients().stream().collect(Collectors.toMap(BootConfig.Client::mac, BootConfig.Client::node));
        try (Scope scope = new Scope()) {
            UserSide.servePage(config, home, folder, scope);
            watches.begin(config.lab(), nodes, events).ifPresent(scope::keep);
            serveApi(folder, scope);
            new UserSide(config, home, reach).serve(scope, events);
            awaitEnd(folder);
        }
    }

    /** At the port that the kubeconfig names already, unless it is another's now. */
    private void serveApi(LabFolder folder, Scope scope) throws IOException {
        InetSocketAddress api = new InetSocketAddress(config.apiAddress(), Plan.API_PORT);
        Forward.Target target = () -> SocketChannel.open(reach.road().to(api));
        Forward forward;
        try {
            forward = Forward.fromLoopback(before(folder).orElse(0), target);
        } catch (IOException taken) {
            forward = Forward.fromLoopback(0, target);
        }
        scope.keep(forward);
        AtomicFile.write(folder.apiPort(), forward.port() + "\n");
    }

    private static Optional<Integer> before(LabFolder folder) throws IOException {
        return Files.exists(folder.apiPort())
                ? Optional.of(
                        Integer.parseInt(Files.readString(folder.apiPort()).strip()))
                : Optional.empty();
    }

    private static void awaitEnd(LabFolder folder) throws InterruptedException {
        new Run(event -> {})
                .await("", "the end of the lab", Duration.ofDays(3650))
                .every(PACE)
                .until(() -> Files.exists(folder.bootConfig())
                        ? new Reading.NotYet<>("it is there")
                        : new Reading.Ready<>(""));
    }
}
