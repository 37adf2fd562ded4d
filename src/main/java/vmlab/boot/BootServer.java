package vmlab.boot;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import vmlab.run.Event;
import vmlab.run.Events;
import vmlab.run.MilestoneName;
import vmlab.run.Printable;

/**
 * Serves a lab's nodes while they boot: scripts, kernel, initrd, squashfs; takes their milestones. A node is known by the address that it
 * asks from, never by what it says of itself; whoever is none gets the time of day, and nothing of the lab's.
 */
public final class BootServer implements AutoCloseable {

    private static final int MAX_TEXT = 4096;

    private final BootConfig config;
    private final GuestEvents guests;
    private final HttpServer http;
    private final List<Filter> told;

    /** Binds the port; nothing is answered before {@link #start()}. */
    public BootServer(BootConfig config, Events events) throws IOException {
        this.config = config;
        this.guests = new GuestEvents(events, Clock.systemUTC());
        this.http = HttpServer.create(new InetSocketAddress(config.address(), config.port()), 64);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        List<Filter> nodes = List.of(new NodesOnly(config));
        this.told = List.of(new ServedFilter(config, guests), new NodesOnly(config));
        serve("/image/", new ImageFiles(config), told);
        serve("/git/", new GitHttp(config.folder().repository()), told);
        serve("/boot.ipxe", this::firstScript, told);
        serve("/node/", this::nodeScript, told);
        serve("/", exchange -> answer(exchange, 404, "there is nothing of that name here\n"), told);
        serve("/milestone/", this::milestone, nodes);
        http.createContext("/health", exchange -> answer(exchange, 200, config.lab()));
        http.createContext("/clock", exchange -> answerClock(exchange, Instant.now()));
    }

    private void serve(String path, HttpHandler handler, List<Filter> filters) {
        http.createContext(path, handler).getFilters().addAll(filters);
    }

    /** Answers nodes below {@code path} with {@code handler} too. */
    public void add(String path, HttpHandler handler) {
        serve(path, handler, told);
    }

    /** Begins to answer. */
    public void start() {
        http.start();
    }

    /** The port that it got, where the configuration asked for any (0). */
    public int port() {
        return http.getAddress().getPort();
    }

    /** Returns when the lab's bridge is gone, or its folder: then there is nobody left to serve. */
    public void awaitEndOfLab() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (var clock = Executors.newSingleThreadScheduledExecutor()) {
            clock.scheduleWithFixedDelay(
                    () -> {
                        if (!labExists()) {
                            over.countDown();
                        }
                    },
                    2,
                    2,
                    TimeUnit.SECONDS);
            over.await();
            clock.shutdownNow();
        }
    }

    private boolean labExists() {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.ofLiteral(config.address())) != null
                    && Files.isDirectory(Path.of(config.events()).getParent());
        } catch (IOException unknown) {
            return true;
        }
    }

    private void firstScript(HttpExchange exchange) throws IOException {
        answer(exchange, 200, IpxeScript.first(config.url()));
    }

    private void nodeScript(HttpExchange exchange) throws IOException {
        String mac = lastPart(exchange).replace(".ipxe", "").replace('-', ':');
        Optional<BootConfig.Client> client = config.clients().stream()
                .filter(c -> c.mac().equalsIgnoreCase(mac))
                .findFirst();
        if (client.isEmpty()) {
            answer(exchange, 404, "no node of lab " + config.lab() + " has this MAC address\n");
            return;
        }
        tell(new Event.Milestone(
                Instant.now(), client.get().node(), MilestoneName.PXE.toString(), "iPXE asked for its script"));
        answer(exchange, 200, IpxeScript.node(client.get(), config.url()));
    }

    private void milestone(HttpExchange exchange) throws IOException {
        String remote = exchange.getRemoteAddress().getAddress().getHostAddress();
        String name = lastPart(exchange);
        Optional<BootConfig.Client> client = config.from(remote);
        if (client.isEmpty() || !name.matches("[a-z0-9][a-z0-9-]{0,40}")) {
            answer(exchange, 400, "no milestone of a node of this lab\n");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_TEXT + 1);
        if (body.length > MAX_TEXT) {
            answer(exchange, 413, "a milestone has at most " + MAX_TEXT + " bytes\n");
            return;
        }
        Instant now = Instant.now();
        String node = client.get().node();
        String text = Printable.line(new String(body, StandardCharsets.UTF_8), MAX_TEXT);
        seconds(exchange, "Lab-Clock")
                .ifPresent(clock ->
                        guests.emit(node, "clock readings", new Event.ClockRead(now, node, Instant.EPOCH.plus(clock))));
        tell(new Event.Milestone(
                now, node, name, text, seconds(exchange, "Lab-Uptime").orElse(Duration.ZERO)));
        answer(exchange, 200, "");
    }

    /** The next full second since 1970 and how many seconds away it is: all that a busybox can wait for, and set a clock to. */
    static void answerClock(HttpExchange exchange, Instant now) throws IOException {
        Instant next = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        BigDecimal away = BigDecimal.valueOf(Duration.between(now, next).toMillis(), 3);
        answer(exchange, 200, next.getEpochSecond() + " " + away + "\n");
    }

    private void tell(Event.Milestone milestone) {
        guests.emit(milestone.node(), "milestones", milestone);
    }

    /** Seconds as the kernel and the shell print them, {@code 12.34}, in a header; what is no such number is passed over. */
    private static Optional<Duration> seconds(HttpExchange exchange, String header) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(header))
                .filter(value -> value.matches("[0-9]{1,10}\\.[0-9]{1,6}"))
                .map(value ->
                        Duration.ofNanos(new BigDecimal(value).movePointRight(9).longValueExact()));
    }

    private static String lastPart(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
