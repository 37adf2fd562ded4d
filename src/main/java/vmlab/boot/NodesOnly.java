package vmlab.boot;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/**
 * Turns away whoever is no node of the lab. The gateway's address is one of this machine's: its other networks, another lab's nodes among
 * them, can reach it too.
 */
final class NodesOnly extends Filter {

    private final BootConfig config;

    NodesOnly(BootConfig config) {
        this.config = config;
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        if (config.from(exchange.getRemoteAddress().getAddress().getHostAddress())
                .isPresent()) {
            chain.doFilter(exchange);
        } else {
            BootServer.answer(exchange, 403, "this is for the nodes of lab " + config.lab() + "\n");
        }
    }

    @Override
    public String description() {
        return "for the lab's nodes";
    }
}
