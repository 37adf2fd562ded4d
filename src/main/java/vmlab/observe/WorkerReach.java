package vmlab.observe;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import vmlab.kube.JoinProbe;
import vmlab.kube.TokenFile;
import vmlab.run.Reading;
import vmlab.ssh.CommandResult;
import vmlab.ssh.SshSession;
import vmlab.ssh.Tunnel;

/**
 * Why a worker that has booted does not show up: its road to the API, tried hop by hop from where it stands: its token, its route and
 * gateway, TCP, TLS, whether the token is taken. Reads only.
 */
final class WorkerReach {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** On a network of its own an API that can be reached answers in a second or two, an emulated one too. */
    private static final Duration CALL = Duration.ofSeconds(15);

    private static final String TOKEN = "/etc/k0s/token";

    private final String node;

    WorkerReach(String node) {
        this.node = node;
    }

    /** The first hop that fails, in words for somebody who waits; where none does, what k0s there said last. */
    String look(SshSession ssh) throws InterruptedException {
        CommandResult file = ssh.run("cat " + TOKEN, LIMIT);
        if (file.exit() != 0) {
            return node + " has no join token (" + file.lastLines(1) + "): it did not read its config disk";
        }
        TokenFile token;
        try {
            token = TokenFile.parse(file.stdout());
        } catch (IllegalArgumentException unreadable) {
            return node + "'s join token cannot be read: " + unreadable.getMessage();
        }
        URI server = URI.create(token.server());
        var api = new InetSocketAddress(server.getHost(), server.getPort());
        return switch (ssh.tunnel(api, CALL)) {
            case Reading.Ready<Tunnel>(var way) -> {
                try (way) {
                    Optional<String> refusal = JoinProbe.refusal(token, way.entrance());
                    yield refusal.isPresent()
                            ? node + ": " + refusal.get()
                            : node + " reaches the API, and its token is taken; " + k0s(ssh);
                }
            }
            case Reading.NotYet<Tunnel>(var why) -> node + ": " + road(ssh, server.getHost(), api.getPort(), why);
            case Reading.Never<Tunnel>(var why, var _) -> node + ": " + why;
        };
    }

    private static String road(SshSession ssh, String host, int port, String why) throws InterruptedException {
        RoadReading road = RoadReading.parse(
                ssh.run(RoadReading.script(host, host, port), LIMIT).stdout());
        String where = "the API at " + host + ":" + port;
        if (road.route().contains("unreachable") || !road.route().contains(" dev ")) {
            return "has no route to " + where + ": " + road.route();
        }
        if (why.contains("refused")) {
            return where + " refuses the connection: "
                    + (road.pings() ? "the machine answers, k0s does not listen there" : why);
        }
        return where + " cannot be reached (" + why + "); a ping is "
                + (road.pings() ? "answered: its port is closed or filtered" : "not answered") + "; route: "
                + road.route();
    }

    private static String k0s(SshSession ssh) throws InterruptedException {
        String said = ssh.run("tail -q -n 1 /var/log/k0s.err /var/log/k0s.log", LIMIT)
                .stdout()
                .lines()
                .filter(line -> !line.startsWith(NodeLogs.START))
                .collect(Collectors.joining("\n"));
        return "its k0s said last: " + (said.isEmpty() ? "(nothing)" : said);
    }
}
