package vmlab.serve;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import vmlab.boot.BootConfig;
import vmlab.kube.KubeApi;
import vmlab.net.Forward;
import vmlab.run.Reading;
import vmlab.site.Reach;
import vmlab.spec.Forwarding;
import vmlab.ssh.SshSession;
import vmlab.ssh.Tunnel;

/**
 * The way to a Service. Its address means something on nodes only, so a node connects there, through its sshd. Which address that is the API
 * is asked for each connection: a Service may be made, or made anew, at any time.
 */
final class ServiceWay implements Forward.Target, AutoCloseable {

    private static final Duration LOGIN = Duration.ofSeconds(20);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final BootConfig config;
    private final Reach reach;
    private final Forwarding port;
    private final Map<InetSocketAddress, Tunnel> tunnels = new HashMap<>();
    private Optional<SshSession> session = Optional.empty();

    ServiceWay(BootConfig config, Reach reach, Forwarding port) {
        this.config = config;
        this.reach = reach;
        this.port = port;
    }

    @Override
    public SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(entrance());
        } catch (InterruptedException end) {
            throw new InterruptedIOException("interrupted");
        } catch (KubernetesClientException away) {
            throw new IOException(away);
        }
    }

    /** One connection at a time looks, and those after it find what it opened. */
    private synchronized InetSocketAddress entrance() throws IOException, InterruptedException {
        try (KubeApi api = KubeApi.of(reach.access())) {
            InetSocketAddress service = address(api);
            if (session.filter(SshSession::isOpen).isEmpty()) {
                close();
                session = Optional.of(login(api));
            }
            Tunnel known = tunnels.get(service);
            if (known == null) {
                known = open(session.get(), service);
                tunnels.put(service, known);
            }
            return known.entrance();
        }
    }

    private InetSocketAddress address(KubeApi api) throws IOException {
        return address(
                Optional.ofNullable(api.client()
                        .services()
                        .inNamespace(port.namespace())
                        .withName(port.service())
                        .get()),
                port);
    }

    /** Where a Service is; who asks for a port that it does not have would get no answer at all. */
    static InetSocketAddress address(Optional<Service> service, Forwarding port) throws IOException {
        ServiceSpec found = service.map(Service::getSpec)
                .filter(it -> it.getClusterIP() != null
                        && !it.getClusterIP().isEmpty()
                        && !it.getClusterIP().equals("None"))
                .orElseThrow(() -> new IOException("there is no Service " + port.place() + " with an address"));
        List<Integer> ports =
                found.getPorts().stream().map(ServicePort::getPort).toList();
        if (!ports.contains(port.port())) {
            throw new IOException("Service " + port.place() + " has no port " + port.port() + ", but "
                    + ports.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return new InetSocketAddress(found.getClusterIP(), port.port());
    }

    /** Only nodes that the API lists run what makes a Service's address mean something. */
    private SshSession login(KubeApi api) throws IOException, InterruptedException {
        List<String> workers = api.client().nodes().list().getItems().stream()
                .map(Node::getMetadata)
                .map(it -> it.getName())
                .toList();
        List<String> reasons = new ArrayList<>();
        for (BootConfig.Client node : config.clients()) {
            if (workers.contains(node.node())) {
                Reading<SshSession> attempt = reach.ssh(node.node(), new InetSocketAddress(node.address(), 22))
                        .login(LOGIN);
                switch (attempt) {
                    case Reading.Ready<SshSession>(var open) -> {
                        return open;
                    }
                    case Reading.NotYet<SshSession>(var why) -> reasons.add(node.node() + ": " + why);
                    case Reading.Never<SshSession>(var why, var _) -> reasons.add(node.node() + ": " + why);
                }
            }
        }
        throw new IOException("no node lets lab through to " + port.place() + " " + reasons);
    }

    private static Tunnel open(SshSession session, InetSocketAddress service) throws IOException {
        return switch (session.tunnel(service, CONNECT)) {
            case Reading.Ready<Tunnel>(var tunnel) -> tunnel;
            case Reading.NotYet<Tunnel>(var why) -> throw new IOException(text(service) + ": " + why);
            case Reading.Never<Tunnel>(var why, var _) -> throw new IOException(text(service) + ": " + why);
        };
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    @Override
    public synchronized void close() {
        session.ifPresent(SshSession::close);
        session = Optional.empty();
        tunnels.clear();
    }
}
