package vmlab.kube;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import vmlab.run.LabFailure;
import vmlab.run.Run;

/**
 * {@code LookCost SECONDS LAG}: what waiting for Ready costs an API server that starves for so long, each of a client's packets being
 * {@code LAG} seconds late: how many TLS handshakes and requests. Not a test; for figures.
 */
final class LookCost {

    private LookCost() {}

    public static void main(String[] arguments) throws Exception {
        Duration length = Duration.ofSeconds(Integer.parseInt(arguments[0]));
        Duration lag = Duration.ofMillis((long) (Double.parseDouble(arguments[1]) * 1000));
        ClusterKeys keys = ClusterKeys.create();
        Instant start = Instant.now();
        try (StarvingApi server = new StarvingApi(keys, lag);
                KubeApi api = KubeApi.of(keys.adminKubeconfig("demo", server.url()))) {
            int[] looks = {0};
            try {
                new Run(event -> {})
                        .await("", "a cluster that is Ready", length)
                        .every(Readiness.PACE)
                        .until(() -> {
                            looks[0]++;
                            return api.look(Set.of("cp"));
                        });
            } catch (LabFailure timeIsUp) {
                // As it should.
            }
            System.out.printf(
                    "lag %s s, %d s: %d looks, %d TLS handshakes, %d requests%n",
                    arguments[1],
                    Duration.between(start, Instant.now()).toSeconds(),
                    looks[0],
                    server.handshakes(),
                    server.requests());
        }
        System.exit(0);
    }
}
