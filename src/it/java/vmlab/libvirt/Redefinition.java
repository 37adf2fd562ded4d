package vmlab.libvirt;

import java.util.function.UnaryOperator;
import vmlab.engine.Engine;

/** Gives what libvirt has another description than lab would: a fault that a bench makes. */
public final class Redefinition {

    private Redefinition() {}

    /** Defines a machine anew, which is off then. */
    public static void ofMachine(Engine engine, String name, UnaryOperator<String> change) {
        Domains domains = (Domains) engine.machines();
        String description = change.apply(domains.describe(name));
        domains.remove(name);
        domains.define(description);
    }

    /** Defines and starts a network anew, where that changes it. */
    public static void ofNetwork(Engine engine, String name, UnaryOperator<String> change) {
        LibvirtNetworks networks = (LibvirtNetworks) engine.networks();
        String was = networks.describe(name);
        String description = change.apply(was);
        if (!description.equals(was)) {
            networks.remove(name);
            networks.define(description);
            networks.start(name);
        }
    }
}
