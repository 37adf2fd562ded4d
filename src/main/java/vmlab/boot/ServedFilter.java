package vmlab.boot;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import vmlab.run.Event;
import vmlab.run.Events;

/** Makes an event of each request that a node of the lab made, once it is answered. Milestones are events of their own. */
final class ServedFilter extends Filter {

    private final BootConfig config;
    private final Events events;

    ServedFilter(BootConfig config, Events events) {
        this.config = config;
        this.events = events;
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
                    .ifPresent(client -> events.emit(new Event.Served(
                            start,
                            client.node(),
                            exchange.getRequestURI().getPath(),
                            exchange.getResponseCode(),
                            body.written,
                            Duration.between(start, Instant.now()))));
        }
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
