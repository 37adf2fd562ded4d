package vmlab.diagnose;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.run.Event;

/**
 * Everything known of one node, from when it was last switched on. What was not looked at is simply not there.
 *
 * @param address the address that the lab gives the node
 * @param machine the state of its virtual machine in libvirt's words: {@code running}, {@code shut off}, {@code paused}
 * @param host what this machine has left
 * @param events what happened in the lab, to other nodes too
 * @param texts the end of each log that was read
 */
public record Evidence(
        String node, String address, String machine, Host host, List<Event> events, Map<Source, String> texts) {

    /** What is free on this machine, in bytes. */
    public record Host(long memory, long disk) {}

    /** The text of a source; empty where it was not read. */
    public String text(Source source) {
        return texts.getOrDefault(source, "");
    }

    /** The same without events from before {@code begin}. */
    public Evidence since(Instant begin) {
        List<Event> later =
                events.stream().filter(event -> !event.at().isBefore(begin)).toList();
        return new Evidence(node, address, machine, host, later, texts);
    }

    /** This node's events of one kind, in order. */
    <E extends Event> Stream<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).filter(event -> node.equals(nodeOf(event)));
    }

    /** The last event of one kind. */
    <E extends Event> Optional<E> last(Class<E> kind) {
        return events(kind).reduce((earlier, later) -> later);
    }

    private static String nodeOf(Event event) {
        return switch (event) {
            case Event.Milestone said -> said.node();
            case Event.Served served -> served.node();
            case Event.Leased leased -> leased.node();
            case Event.Lifecycle changed -> changed.node();
            case Event.ClockRead read -> read.node();
            default -> "";
        };
    }
}
