package vmlab.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of this machine's loopback that leads into the cluster, as cluster.yaml's {@code ports} and {@code lab forward} have it:
 * {@code 8080:cp:30080} to a node's port, a NodePort say; {@code 8080:default/web:80} to a Service's.
 *
 * @param here the port on 127.0.0.1
 * @param place a node's name, or a Service's {@code NAMESPACE/NAME}
 * @param port the port there
 */
public record Forwarding(int here, String place, int port) {

    private static final int LEAST = 1024;
    private static final int MOST = 65535;
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern SYNTAX =
            Pattern.compile("([0-9]{1,5}):(" + LABEL + "(?:/" + LABEL + ")?):([0-9]{1,5})");

    /**
     * Reads it.
     *
     * @throws InvalidValue when it is none, or a port is out of range; those below 1024 are root's alone
     */
    public static Forwarding parse(String text) {
        Matcher match = SYNTAX.matcher(text);
        if (!match.matches()) {
            throw new InvalidValue(
                    "'" + text + "' is no port to forward", "write 8080:NODE:30080, or 8080:NAMESPACE/SERVICE:80");
        }
        int here = Integer.parseInt(match.group(1));
        int port = Integer.parseInt(match.group(3));
        if (here < LEAST || here > MOST) {
            throw new InvalidValue(
                    "'" + text + "' takes port " + here + " of this machine", "one from " + LEAST + " to " + MOST);
        }
        if (port < 1 || port > MOST) {
            throw new InvalidValue("'" + text + "' leads to port " + port, "one from 1 to " + MOST);
        }
        return new Forwarding(here, match.group(2), port);
    }

    /** Whether it leads to a Service. */
    public boolean leadsToService() {
        return place.contains("/");
    }

    /** The Service's namespace. */
    public String namespace() {
        return place.substring(0, place.indexOf('/'));
    }

    /** The Service's name. */
    public String service() {
        return place.substring(place.indexOf('/') + 1);
    }

    /** As it is written. */
    @Override
    public String toString() {
        return here + ":" + place + ":" + port;
    }
}
