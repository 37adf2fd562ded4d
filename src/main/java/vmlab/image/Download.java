package vmlab.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.HexFormat;
import vmlab.run.LabFailure;

/** Files over HTTP. */
final class Download implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** A short text. */
    String text(URI url) throws IOException, InterruptedException {
        try (InputStream in = get(url).body()) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** Writes what {@code url} has to {@code target}; returns its SHA-256. */
    String file(URI url, Path target) throws IOException, InterruptedException {
        var response = get(url);
        var digest = Digester.sha256();
        try (InputStream in = response.body();
                OutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private HttpResponse<InputStream> get(URI url) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(url).timeout(ANSWER).build();
            var response = client.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return response;
            }
            response.body().close();
            throw failure(url, "HTTP status " + response.statusCode());
        } catch (IOException error) {
            throw failure(url, String.valueOf(error)).causedBy(error);
        }
    }

    private static LabFailure failure(URI url, String why) {
        return LabFailure.machine(
                url + " could not be fetched",
                why,
                "set LAB_K0S_MIRROR to a mirror of k0s's releases, give a binary you have (k0s: {file: …}),"
                        + " or use images/debian-standin.yaml");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
