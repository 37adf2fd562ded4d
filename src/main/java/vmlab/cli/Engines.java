package vmlab.cli;

import java.util.Map;
import java.util.Optional;
import vmlab.engine.Engine;
import vmlab.engine.Watch;
import vmlab.libvirt.Hypervisor;
import vmlab.libvirt.LabWatch;
import vmlab.run.Events;

/** Which engine carries a lab: nothing else knows that it is libvirt. */
final class Engines {

    private Engines() {}

    /** Connects to {@code uri}; {@code embedded}: it is in the embedded host. */
    static Engine connect(String uri, boolean embedded) {
        return Hypervisor.connect(uri, embedded);
    }

    /** Begins to watch a lab at {@code uri}, over connections of its own. */
    static Optional<Watch> watch(String uri, String lab, Map<String, String> nodesByMac, Events events) {
        return LabWatch.begin(uri, lab, nodesByMac, events);
    }
}
