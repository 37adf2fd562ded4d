package vmlab.image;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import vmlab.net.Proxies;
import vmlab.net.Trust;
import vmlab.run.LabFailure;

/** Files over HTTP. */
final class Download implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Duration silence;
    private final Proxies proxies = new Proxies(System.getenv());
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(proxies)
            .sslContext(Trust.of(System.getenv()))
            .authenticator(proxies.authenticator())
            .build();

    /** Downloads that are given up when a server says nothing for a minute. */
    Download() {
        this(SILENCE);
    }

    Download(Duration silence) {
        this.silence = silence;
    }

    /** A short text; it passes through {@code scratch}. */
    String text(URI url, Path scratch) throws IOException, InterruptedException {
        get(url, scratch);
        String text = Files.readString(scratch);
        Files.delete(scratch);
        return text;
    }

    /** Writes what {@code url} has to {@code target}; returns its SHA-256. */
    String file(URI url, Path target) throws IOException, InterruptedException {
        get(url, target);
        return FileHashes.read(target);
    }

    private void get(URI url, Path target) throws IOException, InterruptedException {
        Files.deleteIfExists(target);
        Optional<URI> proxy = proxy(url);
        var request = HttpRequest.newBuilder(url).build();
        var coming = client.sendAsync(
                request,
                answer -> answer.statusCode() == 200
                        ? BodySubscribers.ofFile(target)
                        : BodySubscribers.replacing(target));
        try {
            int status = await(coming, url, target).statusCode();
            if (status != 200) {
                throw failure(url, "HTTP status " + status);
            }
        } catch (ExecutionException error) {
            throw failure(
                            url,
                            said(error.getCause())
                                    + proxy.map(its ->
                                                    "; asked through the proxy " + its.getHost() + ":" + its.getPort())
                                            .orElse(""))
                    .causedBy(error);
        } finally {
            coming.cancel(true);
        }
    }

    /** The JDK's client gives no reason where nobody listens, or no name server knows the name. */
    private static String said(Throwable cause) {
        return cause instanceof ConnectException && cause.getMessage() == null
                ? "its server can't be reached"
                : cause.toString();
    }

    private Optional<URI> proxy(URI url) {
        proxies.whyUnusable(url).ifPresent(why -> {
            throw failure(url, why);
        });
        return proxies.of(url);
    }

    /** A server that falls silent shows by a file that no longer grows. A request's own limit is for its headers or, since JDK 26, for all. */
    private <T> T await(CompletableFuture<T> coming, URI url, Path target)
            throws IOException, InterruptedException, ExecutionException {
        for (long before = 0; ; ) {
            try {
                return coming.get(silence.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException slow) {
                long now = Files.exists(target) ? Files.size(target) : 0;
                if (now == before) {
                    throw failure(url, "%s bytes came, and then nothing for %s s".formatted(now, silence.toSeconds()));
                }
                before = now;
            }
        }
    }

    private static LabFailure failure(URI url, String why) {
        return LabFailure.machine(
                url + " could not be fetched",
                why,
                "behind a proxy set https_proxy; or set LAB_K0S_MIRROR to a mirror of k0s's releases, give a binary you have (k0s: {file: …}),"
                        + " or boot the stand-in, in cluster.yaml: image: images/debian-standin.yaml");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
