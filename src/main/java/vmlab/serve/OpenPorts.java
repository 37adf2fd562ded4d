package vmlab.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import vmlab.boot.BootConfig;
import vmlab.net.Door;
import vmlab.net.Forward;
import vmlab.run.Scope;
import vmlab.site.Reach;
import vmlab.spec.Forwarding;

/** Ports of the user's loopback that lead into a lab, for as long as this process holds them. */
public final class OpenPorts implements AutoCloseable {

    private final BootConfig config;
    private final Reach reach;
    private final Path home;
    private final Consumer<String> told;
    private final Scope open = new Scope();
    private final Map<Forwarding, String> reasons = new ConcurrentHashMap<>();

    /**
     * None so far of the lab that {@code config} serves.
     *
     * @param reach the ways to it
     * @param home the folder of all labs
     * @param told is told why a connection led nowhere, not again for the same reason
     */
    public OpenPorts(BootConfig config, Reach reach, Path home, Consumer<String> told) {
        this.told = told;
        this.config = config;
        this.reach = reach;
        this.home = home;
    }

    /**
     * Opens one.
     *
     * @throws IOException where the port can't be had
     */
    public void open(Forwarding port) throws IOException {
        Forward.Target way = target(port);
        Forward.Target target = () -> {
            try {
                SocketChannel connection = way.connect();
                reasons.remove(port);
                return connection;
            } catch (IOException error) {
                String why = String.valueOf(error.getMessage());
                if (!why.equals(reasons.put(port, why))) {
                    told.accept(port + ": " + why);
                }
                throw error;
            }
        };
        if (config.embedded()) {
            // The door is another process, outside: it is led to a socket in the file system, which this one listens
            // at.
            Path socket = reach.folder()
                    .portSocket(port.here(), ProcessHandle.current().pid());
            open.keep(() -> Files.deleteIfExists(socket));
            open.keep(Forward.fromUnixSocket(socket, target));
            open.keep(Door.hold(Door.socket(home), port.here(), socket));
        } else {
            open.keep(Forward.fromLoopback(port.here(), target));
        }
    }

    /** Tells at once of a Service that is not there, or has nobody behind it; whoever connects would only wait. */
    public void lookAhead(Forwarding port) {
        if (port.leadsToService()) {
            try {
                target(port).connect().close();
            } catch (IOException notYet) {
                told.accept(port + ": " + notYet.getMessage());
            }
        }
    }

    private Forward.Target target(Forwarding port) {
        if (port.leadsToService()) {
            return open.keep(new ServiceWay(config, reach, port));
        }
        List<BootConfig.Client> nodes = config.clients().stream()
                .filter(client -> client.node().equals(port.place()))
                .toList();
        return () -> {
            if (nodes.isEmpty()) {
                throw new IOException("there is no node " + port.place());
            }
            return SocketChannel.open(
                    reach.road().to(new InetSocketAddress(nodes.getFirst().address(), port.port())));
        };
    }

    @Override
    public void close() {
        open.close();
    }
}
