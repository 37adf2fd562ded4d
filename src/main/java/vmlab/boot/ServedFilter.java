package vmlab.boot;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import vmlab.run.Event;
import vmlab.run.Printable;

/** Makes an event of each request that a node of the lab made, once it is answered. Milestones are events of their own. */
final class ServedFilter extends Filter {

    private static final int LONGEST = 200;

    private final BootConfig config;
    private final GuestEvents guests;

    ServedFilter(BootConfig config, GuestEvents guests) {
        this.config = config;
        this.guests = guests;
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        Instant start = Instant.now();
        Counting body = new Counting(exchange.getResponseBody());
        exchange.setStreams(null, body);
        try {
            chain.doFilter(exchange);
        } finally {
            config.from(exchange.getRemoteAddress().getAddress().getHostAddress())
                    .ifPresent(client -> guests.emit(
                            client.node(),
                            "requests",
                            new Event.Served(
                                    start,
                                    client.node(),
                                    Printable.line(asked(exchange.getRequestURI()), LONGEST),
                                    exchange.getResponseCode(),
                                    body.written,
                                    Duration.between(start, Instant.now()))));
        }
    }

    /** The path, and of an image the registry that it is of. */
    private static String asked(URI uri) {
        String registry = String.valueOf(uri.getQuery()).startsWith("ns=") ? "?" + uri.getQuery() : "";
        return uri.getPath() + registry;
    }

    @Override
    public String description() {
        return "tells of each request";
    }

    /** Knows how much got through before a client hung up. */
    private static final class Counting extends FilterOutputStream {

        private long written;

        Counting(OutputStream body) {
            super(body);
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            written++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            written += length;
        }
    }
}
