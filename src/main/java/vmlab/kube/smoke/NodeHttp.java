package vmlab.kube.smoke;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;
import vmlab.run.Reading;

/** This host's way to the nodes' ports. */
final class NodeHttp implements AutoCloseable {

    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private final UnaryOperator<InetSocketAddress> road;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ATTEMPT).build();

    /** {@code road}: where this host connects to, for an address of the lab. */
    NodeHttp(UnaryOperator<InetSocketAddress> road) {
        this.road = road;
    }

    /** What a page means, whatever its status. */
    @FunctionalInterface
    interface Meaning<T> {
        Reading<T> of(int status, String body);
    }

    /** {@code http://address:port/path}, also for an IPv6 address. */
    static URI at(String address, int port, String path) {
        return URI.create("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port + path);
    }

    /** One GET: what the page means, or NotYet with the reason why there is none. */
    <T> Reading<T> get(URI uri, Meaning<T> meaning) throws InterruptedException {
        InetSocketAddress there = road.apply(new InetSocketAddress(uri.getHost(), uri.getPort()));
        HttpRequest request = HttpRequest.newBuilder(at(there.getHostString(), there.getPort(), path(uri)))
                .timeout(ATTEMPT)
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return meaning.of(response.statusCode(), response.body().strip());
        } catch (IOException error) {
            return new Reading.NotYet<>(
                    uri.getAuthority() + ": " + (error.getMessage() == null ? "nobody answers" : error.getMessage()));
        }
    }

    private static String path(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    @Override
    public void close() {
        http.close();
    }
}
