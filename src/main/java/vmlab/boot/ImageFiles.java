package vmlab.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Serves {@code /image/DIGEST12/FILE}: three files of the images that the lab's nodes boot. A request chooses among these and can't name
 * anything else, so there is no path to be led astray.
 */
final class ImageFiles implements HttpHandler {

    private static final Pattern FILE = Pattern.compile(
            "/image/([0-9a-zA-Z._-]+)/(" + String.join("|", ImageUrl.KERNEL, ImageUrl.INITRD, ImageUrl.ROOT) + ")");

    private final Map<String, Path> folders;

    ImageFiles(BootConfig config) {
        this.folders = config.clients().stream()
                .map(client -> Path.of(client.image()))
                .distinct()
                .collect(Collectors.toMap(ImageUrl::shortName, folder -> folder));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher asked = FILE.matcher(exchange.getRequestURI().getRawPath());
            boolean isKnown = asked.matches() && folders.containsKey(asked.group(1));
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            if (!isHead && !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
            } else if (!isKnown) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                send(exchange, folders.get(asked.group(1)).resolve(asked.group(2)), isHead);
            }
        }
    }

    private static void send(HttpExchange exchange, Path file, boolean headOnly) throws IOException {
        if (!Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        long size = Files.size(file);
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        if (headOnly) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, size);
        try (OutputStream body = exchange.getResponseBody()) {
            Files.copy(file, body);
        }
    }
}
