package vmlab.libvirt;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.event.DomainEvent;
import org.libvirt.event.LifecycleListener;
import vmlab.engine.Watch;
import vmlab.plan.Inventory;
import vmlab.plan.Mark;
import vmlab.run.Event;
import vmlab.run.Events;

/** A watch of the lab's machines through libvirt's events, and of its networks' DHCP leases by asking each second. */
public final class LabWatch implements Watch {

    private static final long STACK_FOR_LIBVIRT = 1 << 20;

    private final String lab;
    private final List<String> networks;
    private final Map<String, String> nodesByMac;
    private final Events events;
    private final Map<String, String> nodesByDomain = new HashMap<>();
    private final Map<String, Leases.Lease> seen = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().stackSize(STACK_FOR_LIBVIRT).factory());
    private final Leases leases;
    private final Connect connect;
    private final LifecycleListener listener = (domain, change) -> {
        tell(domain, change);
        return 0;
    };

    private LabWatch(String uri, String lab, Map<String, String> nodesByMac, Events events) throws LibvirtException {
        this.lab = lab;
        this.nodesByMac = Map.copyOf(nodesByMac);
        this.events = events;
        this.leases = new Leases(uri);
        this.connect = new Connect(uri, true);
        this.networks = InventoryReader.read(connect).of(lab).networks().stream()
                .map(Inventory.NetworkFound::name)
                .toList();
    }

    /**
     * Begins to watch.
     *
     * @param uri the libvirt that has the lab
     * @param nodesByMac the nodes' names by MAC address
     * @return empty where this libvirt can't be watched; the lab does without
     */
    public static Optional<Watch> begin(String uri, String lab, Map<String, String> nodesByMac, Events events) {
        try {
            startEventLoop();
            LabWatch watch = new LabWatch(uri, lab, nodesByMac, events);
            watch.connect.addLifecycleListener(watch.listener);
            watch.clock.scheduleWithFixedDelay(watch::tellLeases, 0, 1, TimeUnit.SECONDS);
            return Optional.of(watch);
        } catch (LibvirtException | IllegalStateException unable) {
            return Optional.empty();
        }
    }

    /** libvirt wants its event loop before the first connection that listens, once a process. */
    private static synchronized void startEventLoop() throws LibvirtException {
        if (loop == null) {
            Connect.setErrorCallback((data, error) -> {});
            Library.initEventLoop();
            loop = Thread.ofPlatform()
                    .daemon()
                    .name("libvirt-events")
                    .stackSize(STACK_FOR_LIBVIRT)
                    .start(LabWatch::loop);
        }
    }

    private static Thread loop;

    private static void loop() {
        try {
            Library.runEventLoop();
        } catch (LibvirtException | InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Domain domain, DomainEvent change) {
        nodeOf(domain)
                .ifPresent(node -> events.emit(
                        new Event.Lifecycle(Instant.now(), node, word(change.getType()), word(change.getDetail()))));
    }

    /** Asked while the machine still has its description: "undefined" comes when there is none to read any more. */
    private Optional<String> nodeOf(Domain domain) {
        try {
            String name = domain.getName();
            if (!nodesByDomain.containsKey(name)) {
                Optional<Mark> mark = MarkXml.read(Xml.parse(domain.getXMLDesc(0)));
                nodesByDomain.put(
                        name,
                        mark.filter(m -> m.lab().equals(lab)).map(Mark::node).orElse(""));
            }
            return Optional.of(nodesByDomain.get(name)).filter(node -> !node.isEmpty());
        } catch (LibvirtException gone) {
            return Optional.empty();
        }
    }

    private static String word(Object constant) {
        return String.valueOf(constant).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void tellLeases() {
        for (Leases.Lease lease :
                networks.stream().flatMap(name -> leases.of(name).stream()).toList()) {
            if (!lease.equals(seen.put(lease.mac() + lease.address(), lease))) {
                events.emit(new Event.Leased(
                        Instant.now(), nodesByMac.getOrDefault(lease.mac(), ""), lease.mac(), lease.address()));
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(1, TimeUnit.SECONDS);
            leases.close();
            // A connection that others hold too lives on, and would call a listener that Java has thrown away: the
            // process would crash.
            connect.removeLifecycleListener(listener);
            connect.close();
        } catch (LibvirtException gone) {
            // libvirt ended before us.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
