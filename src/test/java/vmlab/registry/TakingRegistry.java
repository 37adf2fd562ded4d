package vmlab.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A registry on the loopback to push to, which takes only what is whole, and of whom it knows. */
public final class TakingRegistry implements AutoCloseable {

    /** Whom it knows. */
    public static final String USER = "me:secret";

    /** What it was sent: {@code blob}, {@code manifest TAG}. */
    public final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    final Map<String, byte[]> manifests = new ConcurrentHashMap<>();

    /** What it answers who wants to upload; 0: it lets them. */
    int refusal;

    private final Set<String> blobs = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    private TakingRegistry(HttpServer server) {
        this.server = server;
    }

    /** Starts one. */
    public static TakingRegistry start() throws IOException {
        TakingRegistry registry =
                new TakingRegistry(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8));
        registry.server.createContext("/", registry::answer);
        registry.server.start();
        return registry;
    }

    /** As images there are called. */
    public String name() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Writes a login of docker's into {@code home}. */
    public void login(Path home, String user) throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve(".docker")).resolve("config.json"),
                "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(name(), encoded(user)));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A manifest is refused while a blob of it is missing, a blob that is not what its digest says as well. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String last = path.substring(path.lastIndexOf('/') + 1);
            String method = exchange.getRequestMethod();
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = 404;
            if (!("Basic " + encoded(USER)).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"here\"");
                status = 401;
            } else if (method.equals("HEAD")) {
                status = blobs.contains(last) ? 200 : 404;
            } else if (method.equals("POST")) {
                exchange.getResponseHeaders().set("Location", "/upload/7?state=a%2Fb");
                status = refusal > 0 ? refusal : 202;
            } else if (path.startsWith("/upload/")) {
                String digest = exchange.getRequestURI().getQuery().replace("state=a/b&digest=", "");
                asked.add("blob");
                status = BlobDigest.of(body).toString().equals(digest) ? 201 : 400;
                blobs.add(digest);
            } else if (method.equals("PUT")) {
                asked.add("manifest " + last);
                Manifest manifest = Manifest.parse(body);
                boolean isWhole = blobs.contains(manifest.config().digest().toString())
                        && manifest.layers().stream()
                                .allMatch(layer -> blobs.contains(layer.digest().toString()));
                status = isWhole ? 201 : 400;
                manifests.put(last, body);
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
