package vmlab.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The API server's word on its own health. Asked below Fabric8's resources, which drop the text of an answer that is an error.
 *
 * <p>One question is under way at a time: who has no answer yet when its patience ends comes again and waits for the same. To ask anew
 * would be a TLS handshake more, for a server that is slow because it has too much to do.
 */
final class Readyz {

    /** As many names as fit a line. */
    private static final int SHOWN = 3;

    /** For the machine's kernel to say that somebody listens. */
    private static final Duration REACH = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final Duration patience;
    private final Duration limit;
    private Optional<CompletableFuture<HttpResponse<String>>> underWay = Optional.empty();
    private boolean isConnected;

    /**
     * Asks through {@code client}.
     *
     * @param patience how long one look waits for the answer
     * @param limit how long the question stays under way
     */
    Readyz(KubernetesClient client, Duration patience, Duration limit) {
        this.client = client;
        this.patience = patience;
        this.limit = limit;
    }

    /** Why it is not ready; empty if it is. A {@link KubernetesClientException} where it does not answer, or not yet. */
    Optional<String> unready() throws InterruptedException {
        CompletableFuture<HttpResponse<String>> question = question();
        try {
            HttpResponse<String> answer = question.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            ended(question, true);
            return answer.code() == 200 ? Optional.empty() : Optional.of(words(answer.code(), answer.body()));
        } catch (ExecutionException error) {
            ended(question, false);
            throw new KubernetesClientException("/readyz", error.getCause());
        } catch (TimeoutException error) {
            throw new KubernetesClientException("/readyz", error);
        }
    }

    private synchronized CompletableFuture<HttpResponse<String>> question() {
        if (underWay.isEmpty()) {
            URI server = URI.create(client.getMasterUrl().toString());
            if (!isConnected) {
                reach(server);
            }
            HttpClient http = client.getHttpClient();
            underWay = Optional.of(http.sendAsync(
                    http.newHttpRequestBuilder()
                            .uri(server + "readyz")
                            .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                            .build(),
                    String.class));
        }
        return underWay.get();
    }

    /** Gives up what is under way. */
    synchronized void abandon() {
        underWay.ifPresent(question -> question.cancel(true));
    }

    private synchronized void ended(CompletableFuture<HttpResponse<String>> question, boolean answered) {
        if (underWay.filter(question::equals).isPresent()) {
            underWay = Optional.empty();
            isConnected = answered;
        }
    }

    /** A handshake is given long; whether anybody is there to begin one with shows at once. */
    private static void reach(URI server) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort() < 0 ? 443 : server.getPort()), (int)
                    REACH.toMillis());
        } catch (IOException unreachable) {
            throw new KubernetesClientException("/readyz", unreachable);
        }
    }

    private static String words(int code, String body) {
        List<String> failing = body.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("[-]"))
                .map(line -> line.substring("[-]".length()).replaceFirst(" failed.*", ""))
                .toList();
        String waitsFor = failing.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (failing.size() > SHOWN ? " and " + (failing.size() - SHOWN) + " more" : "");
        return switch (code) {
            case 401 -> "API answers 401: it does not accept the lab's certificate yet";
            case 403 -> "API answers 403: its rules are not loaded yet";
            default -> "API answers " + code + " to /readyz" + (waitsFor.isEmpty() ? "" : ": it waits for " + waitsFor);
        };
    }
}
