package vmlab.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vmlab.boot.Balancer;
import vmlab.boot.BootConfig;
import vmlab.boot.BootServer;
import vmlab.kube.FirstLook;
import vmlab.kube.Kubeconfig;
import vmlab.libvirt.LabWatch;
import vmlab.net.Forward;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.report.LivePage;
import vmlab.report.RunArchive;
import vmlab.report.RunHistory;
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
            LabFolder folder = new LabFolder(Path.of(config.events()).getParent());
            BootServer server = scope.keep(new BootServer(config, events));
            servePage(config, folder, scope);
            // Whoever is answered may switch the nodes on: what libvirt says then must not be missed.
            watch(config, events).ifPresent(scope::keep);
            server.start();
            if (!config.controllers().isEmpty()) {
                scope.keep(Balancer.open(
                        config.address(), Plan.API_PORT, config.controllers(), at -> servesApi(at, folder)));
                // Of its own API, k0s doesn't tell the health: one that accepts will do.
                scope.keep(Balancer.open(config.address(), Plan.CONTROL_API_PORT, config.controllers(), at -> true));
            }
            if (!config.apiSocket().isEmpty()) {
                scope.keep(Forward.fromUnixSocket(Path.of(config.apiSocket()), config.apiAddress(), Plan.API_PORT));
            }
            server.awaitEndOfLab();
        } catch (InterruptedException ended) {
            return 0;
        }
        return 0;
    }

    private static boolean servesApi(InetSocketAddress controller, LabFolder folder) {
        Kubeconfig access = Kubeconfig.read(folder.ownKubeconfig());
        String url = "https://" + controller.getHostString() + ":" + controller.getPort();
        return FirstLook.isReady(access.at(url), Set.of());
    }

    /** The report's live page, always: it costs nothing until somebody asks for it, which only {@code up --web} says how to. */
    private static void servePage(BootConfig config, LabFolder folder, Scope scope) throws IOException {
        RunArchive archive = new RunArchive(Surroundings.ofThisProcess().home(), config.lab());
        LivePage page =
                scope.keep(new LivePage(() -> RunHistory.read(archive, Reports.logs(folder)), folder::serialLog));
        Files.writeString(folder.page(), page.port() + " " + page.path() + "\n");
        if (!config.apiSocket().isEmpty()) {
            scope.keep(Forward.fromUnixSocket(folder.pageSocket(), "127.0.0.1", page.port()));
        }
    }

    /** Only where this command's libvirt is the lab's, which is so whenever {@code up} started it. */
    private static Optional<LabWatch> watch(BootConfig config, EventLog events) {
        Map<String, String> nodes =
                config.clients().stream().collect(Collectors.toMap(BootConfig.Client::mac, BootConfig.Client::node));
        return Surroundings.ofThisProcess().connect().flatMap(uri -> LabWatch.begin(uri, config.lab(), nodes, events));
    }
}
