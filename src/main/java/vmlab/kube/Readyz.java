package vmlab.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The API server's word on its own health. Asked below Fabric8's resources, which drop the text of an answer that is an error. */
final class Readyz {

    /** As many names as fit a line. */
    private static final int SHOWN = 3;

    private Readyz() {}

    /** Why it is not ready; empty if it is. A {@link KubernetesClientException} where it does not answer at all. */
    static Optional<String> unready(KubernetesClient client) throws InterruptedException {
        HttpClient http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(client.getMasterUrl() + "readyz")
                .build();
        try {
            HttpResponse<String> answer =
                    http.sendAsync(request, String.class).get(KubeApi.REQUEST.toMillis(), TimeUnit.MILLISECONDS);
            return answer.code() == 200 ? Optional.empty() : Optional.of(words(answer.code(), answer.body()));
        } catch (ExecutionException error) {
            throw new KubernetesClientException("/readyz", error.getCause());
        } catch (TimeoutException error) {
            throw new KubernetesClientException("/readyz", error);
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
