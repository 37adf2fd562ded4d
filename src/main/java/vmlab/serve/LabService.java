package vmlab.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vmlab.boot.BootConfig;
import vmlab.boot.BootServer;
import vmlab.engine.Watch;
import vmlab.kube.FirstLook;
import vmlab.kube.KubeApi;
import vmlab.kube.Kubeconfig;
import vmlab.kube.storage.Provisioner;
import vmlab.net.Balancer;
import vmlab.net.Forward;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.registry.ContainerStore;
import vmlab.registry.NodeRegistry;
import vmlab.registry.PullThrough;
import vmlab.registry.Pulling;
import vmlab.report.LivePage;
import vmlab.report.RunArchive;
import vmlab.report.RunHistory;
import vmlab.run.AtomicFile;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Scope;
import vmlab.spec.Forwarding;

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
            servePage(folder, scope);
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
            scope.keep(Provisioner.start(() -> api(folder), new StateDisks(config, folder), config.storage()));
            forward(scope.keep(new OpenPorts(config, folder, home, why -> note(why, events))), events);
            server.awaitEndOfLab();
        }
    }

    /** A port that somebody took since the lab's start was checked is only told. */
    private void forward(OpenPorts open, EventLog events) {
        for (String port : config.ports()) {
            try {
                open.open(Forwarding.parse(port));
            } catch (IOException taken) {
                note(port + " is not forwarded: " + taken.getMessage(), events);
            }
        }
    }

    private PullThrough pulls() {
        return config.pulls() ? PullThrough.with(new Pulling(containers, System.getenv())) : PullThrough.NEVER;
    }

    private static void note(String text, EventLog events) {
        events.emit(new Event.Noted(Instant.now(), "ports", text));
    }

    private static boolean servesApi(InetSocketAddress controller, LabFolder folder) {
        Kubeconfig access = Kubeconfig.read(folder.ownKubeconfig());
        String url = "https://" + controller.getHostString() + ":" + controller.getPort();
        return FirstLook.isReady(access.at(url), Set.of(), HEALTH_LIMIT);
    }

    /** The cluster's API, once there is one: before that a look would be one handshake more for a node that is busy starting. */
    private static Optional<KubeApi> api(LabFolder folder) {
        return Files.exists(folder.kubeconfig())
                ? Optional.of(KubeApi.of(Kubeconfig.read(folder.ownKubeconfig())))
                : Optional.empty();
    }

    /** The report's live page, always: it costs nothing until somebody asks for it, which only {@code up --web} says how to. */
    private void servePage(LabFolder folder, Scope scope) throws IOException {
        RunArchive archive = new RunArchive(home, config.lab());
        LivePage page = scope.keep(new LivePage(() -> RunHistory.read(archive, folder.eventLogs()), folder::serialLog));
        AtomicFile.write(folder.page(), page.port() + " " + page.path() + "\n");
        if (config.embedded()) {
            scope.keep(Forward.fromUnixSocket(folder.pageSocket(), "127.0.0.1", page.port()));
        }
    }

    private Optional<Watch> watch(EventLog events) {
        Map<String, String> nodes =
                config.clients().stream().collect(Collectors.toMap(BootConfig.Client::mac, BootConfig.Client::node));
        return watches.begin(config.lab(), nodes, events);
    }
}
