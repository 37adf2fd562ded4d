package vmlab.libvirt;

import static vmlab.libvirt.NativeLibvirt.call;
import static vmlab.libvirt.NativeLibvirt.free;
import static vmlab.libvirt.NativeLibvirt.function;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that a network's DHCP server has given out, as libvirt knows them (virNetworkGetDHCPLeases): libvirt-java lacks this call
 * and hides the pointers it would take, so the connection is one of its own.
 */
final class Leases implements AutoCloseable {

    /** One lease; {@code expiry} in seconds since 1970 changes with each DHCP exchange. */
    record Lease(String mac, String address, long expiry) {}

    /** struct _virNetworkDHCPLease of libvirt-network.h, on 64-bit machines. */
    private static final int EXPIRY = 8;

    private static final int MAC = 24;
    private static final int ADDRESS = 40;

    private final Pointer connection;

    /** Connects to the libvirt at {@code uri}, only to read. */
    Leases(String uri) {
        this.connection = call("virConnectOpenReadOnly", uri);
        if (connection == null) {
            throw new IllegalStateException("no libvirt answers at " + uri);
        }
    }

    /** The leases of {@code network} now; none where there is no such network. */
    List<Lease> of(String network) {
        Pointer found = call("virNetworkLookupByName", connection, network);
        if (found == null) {
            return List.of();
        }
        try {
            return read(found);
        } finally {
            free("virNetworkFree", found);
        }
    }

    private static List<Lease> read(Pointer network) {
        PointerByReference array = new PointerByReference();
        int count = function("virNetworkGetDHCPLeases").invokeInt(new Object[] {network, Pointer.NULL, array, 0});
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Pointer lease = array.getValue().getPointer((long) i * Native.POINTER_SIZE);
            leases.add(new Lease(text(lease, MAC), text(lease, ADDRESS), lease.getLong(EXPIRY)));
            free("virNetworkDHCPLeaseFree", lease);
        }
        if (count > 0) {
            Native.free(Pointer.nativeValue(array.getValue()));
        }
        return leases;
    }

    private static String text(Pointer lease, int offset) {
        Pointer text = lease.getPointer(offset);
        return text == null ? "" : text.getString(0);
    }

    @Override
    public void close() {
        free("virConnectClose", connection);
    }
}
