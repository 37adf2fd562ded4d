package vmlab.observe;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import vmlab.run.Reading;
import vmlab.site.NodeLogin;
import vmlab.ssh.CommandResult;
import vmlab.ssh.SshSession;

/**
 * What one node says of its way to an address, its routes in the words of {@code ip route}.
 *
 * @param route to that address
 * @param fallback its default route
 * @param pings whether the node on the way answers a ping
 * @param answers whether an HTTP server answers at the address, asked from the node itself
 */
record RoadReading(String route, String fallback, boolean pings, boolean answers) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Looks from {@code node}, without changing anything there: at {@code http://target:port/} by way of the node {@code hop}. */
    static Reading<RoadReading> from(NodeLogin node, String hop, String target, int port) throws InterruptedException {
        return switch (node.attempt()) {
            case Reading.Ready<SshSession>(var session) -> {
                try (session) {
                    CommandResult said = session.run(script(hop, target, port), LIMIT);
                    yield new Reading.Ready<>(parse(said.stdout()));
                }
            }
            case Reading.NotYet<SshSession>(var why) -> new Reading.NotYet<>(why);
            case Reading.Never<SshSession>(var why, var next) -> new Reading.Never<>(why, next);
        };
    }

    static String script(String hop, String target, int port) {
        String host = target.contains(":") ? "[" + target + "]" : target;
        return """
                echo "route $(ip -o route get %2$s 2>&1 | head -n 1)"
                echo "fallback $(ip -o route show default | head -n 1)"
                busybox ping -c 1 -W 3 %1$s >/dev/null 2>&1 && echo "pings yes"
                busybox wget -q -T 5 -O /dev/null http://%3$s:%4$s/hostname 2>/dev/null && echo "answers yes"
                true
                """.formatted(hop, target, host, port);
    }

    static RoadReading parse(String lines) {
        Map<String, String> said = lines.lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .collect(Collectors.toMap(words -> words[0], words -> words[1].strip(), (first, _) -> first));
        return new RoadReading(
                said.getOrDefault("route", ""),
                said.getOrDefault("fallback", ""),
                said.containsKey("pings"),
                said.containsKey("answers"));
    }

    /** Whether there is a route of its own; the default one leads out of the lab, where nobody knows pods. */
    boolean isRouted() {
        String by = gateway(route);
        return !route.isEmpty()
                && !route.matches(".*(unreachable|prohibit|blackhole).*")
                && (by.isEmpty() || !by.equals(gateway(fallback)));
    }

    private static String gateway(String route) {
        return route.matches(".*\\bvia \\S+.*") ? route.replaceAll(".*\\bvia (\\S+).*", "$1") : "";
    }
}
