package vmlab.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import vmlab.run.Environment;

/**
 * The lab's repository over git's smart HTTP, to be read only: {@code git upload-pack} does the work. There are two addresses and nothing
 * besides; a request names no file.
 */
final class GitHttp implements HttpHandler {

    /** The address of the repository, below the boot server's. */
    static final String PATH = "/git/provision.git";

    private static final String PULL = "git-upload-pack";
    private static final int MOST_WANTS = 1 << 20;
    private static final int CHUNKED = 0;

    private final Path repository;

    /** Serves the bare repository of this folder; where there is none at the moment, it is said to be away. */
    GitHttp(Path repository) {
        this.repository = repository;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            if (!Files.isDirectory(repository)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (asked.equals("GET " + PATH + "/info/refs?service=" + PULL)) {
                refs(exchange);
            } else if (asked.equals("POST " + PATH + "/" + PULL)) {
                pack(exchange);
            } else {
                boolean wantsToWrite = asked.contains("git-receive-pack");
                exchange.sendResponseHeaders(wantsToWrite ? 403 : 404, -1);
            }
        }
    }

    private void refs(HttpExchange exchange) throws IOException {
        // gitprotocol-http(5): the line with the service is of protocols 0 and 1.
        String intro = protocol(exchange).equals("version=2") ? "" : "001e# service=git-upload-pack\n0000";
        run(exchange, "advertisement", intro, InputStream.nullInputStream(), "--http-backend-info-refs");
    }

    private void pack(HttpExchange exchange) throws IOException {
        boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body = exchange.getRequestBody();
        byte[] wants;
        try {
            wants = (isPacked ? new GZIPInputStream(body) : body).readNBytes(MOST_WANTS + 1);
        } catch (IOException garbage) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        if (wants.length > MOST_WANTS) {
            exchange.sendResponseHeaders(413, -1);
            return;
        }
        run(exchange, "result", "", new ByteArrayInputStream(wants));
    }

    private void run(HttpExchange exchange, String kind, String intro, InputStream input, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "upload-pack", "--stateless-rpc", "--strict"));
        command.addAll(List.of(options));
        command.add(repository.toString());
        ProcessBuilder builder = Environment.process(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Git.NOBODYS);
        builder.environment().put("GIT_PROTOCOL", protocol(exchange));
        Process git = builder.start();
        try {
            try (OutputStream in = git.getOutputStream()) {
                input.transferTo(in);
            } catch (IOException hungUp) {
                // What git did not want to hear it answers to all the same.
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-" + PULL + "-" + kind);
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            exchange.sendResponseHeaders(200, CHUNKED);
            exchange.getResponseBody().write(intro.getBytes(StandardCharsets.US_ASCII));
            git.getInputStream().transferTo(exchange.getResponseBody());
        } finally {
            git.destroy();
        }
    }

    private static String protocol(HttpExchange exchange) {
        String asked = exchange.getRequestHeaders().getFirst("Git-Protocol");
        return asked != null && asked.matches("version=[0-9]") ? asked : "version=0";
    }
}
