package vmlab;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import vmlab.registry.ContainerStore;
import vmlab.registry.Loading;
import vmlab.registry.NodeRegistry;
import vmlab.registry.PullThrough;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** The program that serves the world of a {@link StockHost}: a registry with one image, and a page that says whom it sees. */
final class World {

    private World() {}

    /** Serves at port 80, with the folder and the archive that it was given; says {@code ready} when it does. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Path asked = Files.createFile(folder.resolve("asked"));
        ContainerStore store = new ContainerStore(folder);
        new Loading(store, Optional.of(ImageName.parse("app:1")))
                .load(arguments[1], InputStream.nullInputStream(), new Run(event -> {}));
        NodeRegistry registry = new NodeRegistry(store, PullThrough.NEVER, (address, text) -> {});
        HttpServer server = HttpServer.create(new InetSocketAddress(80), 0);
        server.createContext("/", exchange -> {
            String who = exchange.getRemoteAddress().getAddress().getHostAddress();
            Files.writeString(asked, who + " " + exchange.getRequestURI() + "\n", StandardOpenOption.APPEND);
            if (exchange.getRequestURI().getPath().startsWith(NodeRegistry.PATH)) {
                registry.handle(exchange);
                return;
            }
            try (exchange) {
                byte[] page = ("hello, " + who + "\n").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        server.start();
        System.out.println("ready");
    }
}
