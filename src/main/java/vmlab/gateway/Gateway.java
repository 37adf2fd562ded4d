package vmlab.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import vmlab.boot.BootConfig;
import vmlab.boot.BootServer;
import vmlab.boot.TftpFiles;
import vmlab.net.Balancer;
import vmlab.net.ConnectProxy;
import vmlab.plan.Plan;
import vmlab.registry.ContainerStore;
import vmlab.registry.NodeRegistry;
import vmlab.registry.PullThrough;
import vmlab.registry.Pulling;
import vmlab.run.EventLog;
import vmlab.run.Scope;
import vmlab.serve.MissingImages;

/**
 * The boot server in a gateway's pod: serves the nodes of one lab until the pod ends. Its log is the pod's: an event a line, as in a lab's
 * {@code events.jsonl}.
 */
public final class Gateway {

    /** Where a pod's own images are: what was pulled for its nodes, and nothing at first. */
    private static final Path CACHE = Path.of("/var/cache/lab");

    private static final Path STDOUT = Path.of("/dev/stdout");

    private Gateway() {}

    /** {@code Gateway BOOT.JSON}: serves what that says. */
    public static void main(String[] args) throws IOException, InterruptedException {
        BootConfig config = BootConfig.read(Path.of(args[0]));
        EventLog log = new EventLog(STDOUT);
        ContainerStore containers = new ContainerStore(CACHE);
        PullThrough pulls =
                config.pulls() ? PullThrough.with(new Pulling(containers, System.getenv())) : PullThrough.NEVER;
        TftpFiles.serve(config, BootConfig.GATEWAY_TFTP);
        try (Scope scope = new Scope()) {
            BootServer server = scope.keep(new BootServer(config, log));
            server.add(NodeRegistry.PATH, new NodeRegistry(containers, pulls, new MissingImages(config, log)));
            if (!config.controllers().isEmpty()) {
                for (int port : new int[] {Plan.API_PORT, Plan.CONTROL_API_PORT}) {
                    scope.keep(Balancer.open(config.address(), port, config.controllers(), at -> true));
                }
            }
            server.start();
            // The last: whoever can connect to it finds all the rest there.
            scope.keep(ConnectProxy.open(
                    ConnectProxy.GATEWAY_PORT,
                    config.clients().stream().map(BootConfig.Client::address).collect(Collectors.toSet())));
            server.awaitEndOfLab();
        }
    }
}
