package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import vmlab.kube.NodeWords;
import vmlab.run.Reading;

/** A service answers this host at its NodePort, on every node. */
final class NodePortAnswers implements SmokeCheck {

    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "node-port";
    }

    @Override
    public Set<String> needs() {
        return Set.of(PodsScheduled.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        int port = world.service().getSpec().getPorts().getFirst().getNodePort();
        List<String> seen = new ArrayList<>();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(ATTEMPT).build()) {
            for (Node node : world.client().nodes().list().getItems()) {
                String address =
                        NodeWords.internalIp(node).orElse(node.getMetadata().getName());
                seen.add(world.await("the NodePort", () -> ask(http, address + ":" + port)));
            }
        }
        return String.join(", ", seen);
    }

    private static Reading<String> ask(HttpClient http, String address) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/hostname"))
                .timeout(ATTEMPT)
                .build();
        try {
            String said = http.send(request, BodyHandlers.ofString()).body().strip();
            return said.equals(Fixtures.SERVER)
                    ? new Reading.Ready<>(address + " answered this host")
                    : new Reading.NotYet<>(address + " answers \"" + said + "\"");
        } catch (IOException error) {
            return new Reading.NotYet<>(address + ": " + error.getClass().getSimpleName() + " "
                    + (error.getMessage() == null ? "" : error.getMessage()));
        }
    }
}
