package vmlab.kube.smoke;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vmlab.run.LabFailure;
import vmlab.run.Reading;

/**
 * The nodes' clocks are within a second of each other, and near this host's, which made the certificates. Read from a pod on each node
 * (agnhost netexec says {@code NOW: …} at {@code /}), the request's own time accounted for.
 */
final class NodeClocks implements SmokeCheck {

    static final Duration BETWEEN_NODES = Duration.ofSeconds(1);

    /** A node sets its clock by this host when it boots; emulated, the answer may lie about for a while before it is read. */
    static final Duration TO_HOST = Duration.ofSeconds(2);

    private static final int REQUESTS = 3;
    private static final Pattern NOW = Pattern.compile("NOW: (\\S+ \\S+ [+-]\\d{4})");

    @Override
    public String name() {
        return "node-clocks";
    }

    @Override
    public Set<String> needs() {
        return Set.of(PodsScheduled.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        List<ClockReading> clocks = new ArrayList<>();
        try (NodeHttp http = new NodeHttp(world.road())) {
            for (Map.Entry<String, URI> door : Outlooks.doors(world).entrySet()) {
                ClockReading clock = look(world, http, door.getKey(), door.getValue());
                for (int i = 1; i < REQUESTS; i++) {
                    clock = clock.and(look(world, http, door.getKey(), door.getValue()));
                }
                clocks.add(clock);
            }
        }
        return judge(clocks);
    }

    private static ClockReading look(SmokeWorld world, NodeHttp http, String node, URI door)
            throws InterruptedException {
        return world.await("the clock of " + node, () -> {
            Instant left = Instant.now();
            return http.get(door, (status, body) -> {
                Instant came = Instant.now();
                Matcher now = NOW.matcher(body);
                return now.find()
                        ? new Reading.Ready<>(ClockReading.of(node, left, time(now.group(1)), came))
                        : new Reading.NotYet<>(door.getAuthority() + " answers \"" + body + "\"");
            });
        });
    }

    /** Reads Go's way of writing a time, whose fraction has as many digits as it needs. */
    static Instant time(String text) {
        String[] words = text.split(" ");
        String zone = words[2].substring(0, 3) + ":" + words[2].substring(3);
        return OffsetDateTime.parse(words[0] + "T" + words[1] + zone).toInstant();
    }

    static String judge(List<ClockReading> clocks) {
        String seen =
                clocks.stream().map(ClockReading::toString).collect(Collectors.joining(", ")) + " against this host";
        for (ClockReading one : clocks) {
            if (one.apartFromHost().compareTo(TO_HOST) > 0) {
                throw off(one.node() + "'s clock is off by more than " + TO_HOST.toSeconds() + " s", seen);
            }
            for (ClockReading other : clocks) {
                if (one.apartFrom(other).compareTo(BETWEEN_NODES) > 0) {
                    throw off(
                            "the clocks of " + one.node() + " and " + other.node() + " are more than a second apart",
                            seen);
                }
            }
        }
        return seen;
    }

    private static LabFailure off(String what, String seen) {
        return LabFailure.lab(
                what, seen, "a node that stood still, saved or paused, wakes with its old time: lab reboot sets it");
    }
}
