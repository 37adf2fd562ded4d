package vmlab.report;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The report while it comes about: a page on this machine's loopback that asks every two seconds how things stand. Its address has a secret
 * in it, for other users of the machine reach the loopback too.
 */
public final class LivePage implements AutoCloseable {

    private static final String NODE = "[a-z][a-z0-9-]{0,62}";

    private final Supplier<Optional<RunHistory>> history;
    private final Function<String, Path> log;
    private final HttpServer http;
    private final String secret = secret();

    /** Listens on a free port; {@code log} says where a node's serial log would be. */
    public LivePage(Supplier<Optional<RunHistory>> history, Function<String, Path> log) throws IOException {
        this.history = history;
        this.log = log;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::answer);
        http.start();
    }

    /** The port that it got. */
    public int port() {
        return http.getAddress().getPort();
    }

    /** The page's path: the address without its port. */
    public String path() {
        return "/" + secret + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!exchange.getRequestMethod().equals("GET") || !path.startsWith(path())) {
            send(exchange, 404, "text/plain", "nothing is here\n");
            return;
        }
        String wanted = path.substring(path().length());
        if (wanted.startsWith("log/")) {
            log(exchange, wanted.substring("log/".length()));
            return;
        }
        Optional<RunHistory> now = history.get();
        if (now.isEmpty() || !wanted.isEmpty() && !wanted.equals("state")) {
            send(exchange, 404, "text/plain", "no up is on record\n");
            return;
        }
        Page page = new Page(now.get().run(), now.get().before());
        exchange.getResponseHeaders().set("Lab-State", now.get().run().state().name());
        send(exchange, 200, "text/html", wanted.isEmpty() ? page.liveHtml(this::link) : page.liveState(this::link));
    }

    private Optional<String> link(String node) {
        return Files.exists(log.apply(node)) ? Optional.of("log/" + node) : Optional.empty();
    }

    private void log(HttpExchange exchange, String node) throws IOException {
        Path file = node.matches(NODE) ? log.apply(node) : Path.of("");
        if (!node.matches(NODE) || !Files.isRegularFile(file)) {
            send(exchange, 404, "text/plain", "no such log\n");
            return;
        }
        send(exchange, 200, "text/plain", Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange;
                OutputStream body = exchange.getResponseBody()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.sendResponseHeaders(status, bytes.length);
            body.write(bytes);
        }
    }

    private static String secret() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
