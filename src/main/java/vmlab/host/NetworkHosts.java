package vmlab.host;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import vmlab.run.LabFailure;

/**
 * The hosts that a network's DHCP server knows, changed while it runs (virNetworkUpdate): libvirt-java lacks this call and hides the
 * pointers that it would take, so the connection is one of its own.
 */
public final class NetworkHosts implements AutoCloseable {

    /** enum virNetworkUpdateCommand of libvirt-network.h. */
    private static final int DELETE = 2;

    private static final int ADD_LAST = 3;

    /** VIR_NETWORK_SECTION_IP_DHCP_HOST. */
    private static final int DHCP_HOST = 4;

    /** VIR_NETWORK_UPDATE_AFFECT_LIVE and _CONFIG: now, and when it is started again. */
    private static final int NOW_AND_LATER = 1 | 2;

    private final Pointer connection;

    /** Connects to the libvirt at {@code uri}. */
    public NetworkHosts(String uri) {
        this.connection = call("virConnectOpen", uri);
        if (connection == null) {
            throw failure("no libvirt answers at " + uri);
        }
    }

    /** Lets {@code network} always give the address {@code ip} to {@code mac}, and call it {@code name}. */
    public void add(String network, String mac, String name, String ip) {
        update(
                network,
                ADD_LAST,
                Xml.root("host").set("mac", mac).set("name", name).set("ip", ip).write());
    }

    /** Takes that back. */
    public void remove(String network, String name, String ip) {
        update(network, DELETE, Xml.root("host").set("name", name).set("ip", ip).write());
    }

    private void update(String name, int command, String xml) {
        Pointer network = call("virNetworkLookupByName", connection, name);
        if (network == null) {
            throw failure("there is no network " + name);
        }
        try {
            int changed = function("virNetworkUpdate")
                    .invokeInt(new Object[] {network, command, DHCP_HOST, -1, xml, NOW_AND_LATER});
            if (changed != 0) {
                throw failure(lastError());
            }
        } finally {
            free("virNetworkFree", network);
        }
    }

    private static String lastError() {
        Pointer text = call("virGetLastErrorMessage");
        return text == null ? "libvirt gave no reason" : text.getString(0);
    }

    private static LabFailure failure(String why) {
        return LabFailure.lab(
                "libvirt could not change the network's list of hosts",
                why,
                "lab doctor looks at libvirt; lab down and lab up make the network anew");
    }

    private static Pointer call(String name, Object... arguments) {
        return function(name).invokePointer(arguments);
    }

    private static void free(String name, Pointer thing) {
        function(name).invoke(new Object[] {thing});
    }

    private static Function function(String name) {
        return Function.getFunction("virt", name);
    }

    @Override
    public void close() {
        free("virConnectClose", connection);
    }
}
