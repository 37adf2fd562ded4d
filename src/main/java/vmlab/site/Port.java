package vmlab.site;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import vmlab.engine.Road;
import vmlab.plan.Plan;

/** A TCP port of a node: whether it is open is the cheapest question that an emulated node can be asked. */
public record Port(Road road, InetSocketAddress address) {

    /** Where the API server listens. */
    public static final int API = Plan.API_PORT;

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** The URL of the API at {@code host}. */
    public static String apiUrl(InetAddress host) {
        return "https://" + host.getHostAddress() + ":" + API;
    }

    /** The URL at which further controllers join. */
    public static String controlApiUrl(InetAddress host) {
        return "https://" + host.getHostAddress() + ":" + Plan.CONTROL_API_PORT;
    }

    /** Whether somebody accepts there within two seconds. */
    public boolean isOpen() {
        return road.isOpen(address, LIMIT);
    }
}
