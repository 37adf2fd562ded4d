package vmlab.serve;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import vmlab.boot.BootConfig;
import vmlab.run.Event;
import vmlab.run.Events;

/** Notes once of each image that a node asked for it in vain: it will ask again and again. */
public final class MissingImages implements BiConsumer<String, String> {

    /** A node that makes names up shall not fill the log. */
    private static final int MOST = 200;

    private final BootConfig config;
    private final Events events;
    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    /** Notes them in {@code events}, by the names that the nodes of {@code config} have. */
    public MissingImages(BootConfig config, Events events) {
        this.config = config;
        this.events = events;
    }

    @Override
    public void accept(String address, String text) {
        String node = config.clients().stream()
                .filter(client -> client.address().equals(address))
                .map(BootConfig.Client::node)
                .findFirst()
                .orElse(address);
        if (noted.size() < MOST && noted.add(node + text)) {
            events.emit(new Event.Noted(Instant.now(), "images", node + ": " + text));
        }
    }
}
