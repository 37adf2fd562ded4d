package vmlab.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vmlab.boot.BootConfig;
import vmlab.boot.BootServer;
import vmlab.engine.Road;
import vmlab.engine.Watch;
import vmlab.kube.FirstLook;
import vmlab.kube.Kubeconfig;
import vmlab.net.Balancer;
import vmlab.net.Forward;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.registry.ContainerStore;
import vmlab.registry.NodeRegistry;
import vmlab.registry.PullThrough;
import vmlab.registry.Pulling;
import vmlab.run.EventLog;
import vmlab.run.Scope;
import vmlab.site.Reach;

/**
 * Serves a lab's nodes until the lab is gone: files, the API's balancer, volumes, ports of the user's, the live page; and notes what the
 * engine says of them.
 *
 * @param home the folder of all labs
 * @param watches sees the lab's machines
 * @param containers the images that pods run
 */
public record LabService(BootConfig config, Path home, Watch.Source watches, ContainerStore containers) {

    /** Nothing waits for the answer, and a look that is given up would be a TLS handshake for nothing. */
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(30);

    /** Serves; returns when the lab is gone. */
    public void run() throws IOException, InterruptedException {
        try (Scope scope = new Scope()) {
            EventLog events = new EventLog(Path.of(config.events()));
            LabFolder folder = new LabFolder(Path.of(config.events()).getParent());
            BootServer server = scope.keep(new BootServer(config, events));
            server.add(NodeRegistry.PATH, new NodeRegistry(containers, pulls(), new MissingImages(config, events)));
            UserSide.servePage(config, home, folder, scope);
            // Whoever is answered may switch the nodes on: what libvirt says then must not be missed.
            watch(events).ifPresent(scope::keep);
            server.start();
            if (!config.controllers().isEmpty()) {
                scope.keep(Balancer.open(
                        config.address(), Plan.API_PORT, config.controllers(), at -> servesApi(at, folder)));
                // Of its own API, k0s doesn't tell the health: one that accepts will do.
                scope.keep(Balancer.open(config.address(), Plan.CONTROL_API_PORT, config.controllers(), at -> true));
            }
            if (config.embedded()) {
                scope.keep(Forward.fromUnixSocket(Path.of(config.apiSocket()), config.apiAddress(), Plan.API_PORT));
            }
            new UserSide(config, home, new Reach(folder, Road.DIRECT)).serve(scope, events);
            server.awaitEndOfLab();
        }
    }

    private PullThrough pulls() {
        return config.pulls() ? PullThrough.with(new Pulling(containers, System.getenv())) : PullThrough.NEVER;
    }

    private static boolean servesApi(InetSocketAddress controller, LabFolder folder) {
        Kubeconfig access = Kubeconfig.read(folder.ownKubeconfig());
        String url = "https://" + controller.getHostString() + ":" + controller.getPort();
        return FirstLook.isReady(access.at(url), Set.of(), HEALTH_LIMIT);
    }

    private Optional<Watch> watch(EventLog events) {
        Map<String, String> nodes =
                config.clients().stream().collect(Collectors.toMap(BootConfig.Client::mac, BootConfig.Client::node));
        return watches.begin(config.lab(), nodes, events);
    }
}
