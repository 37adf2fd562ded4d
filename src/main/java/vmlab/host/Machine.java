package vmlab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;

/** What this machine has to give. */
public final class Machine {

    private Machine() {}

    /** The IPv4 networks of this machine's interfaces, loopback left out. */
    public static List<Cidr> networks() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(device -> device.getInterfaceAddresses().stream())
                    .filter(address -> address.getAddress() instanceof Inet4Address ip && !ip.isLoopbackAddress())
                    .map(Machine::cidr)
                    .toList();
        } catch (SocketException error) {
            throw new UncheckedIOException("the network interfaces cannot be listed", error);
        }
    }

    private static Cidr cidr(InterfaceAddress address) {
        return Cidr.around((Inet4Address) address.getAddress(), address.getNetworkPrefixLength());
    }

    /** Memory that can be given to guests without swapping: MemAvailable of /proc/meminfo, which counts in KiB (proc(5)). */
    public static Bytes availableMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> new Bytes(Long.parseLong(line.replaceAll("\\D", "")) * 1024))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("/proc/meminfo has no MemAvailable (Linux before 3.14)"));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** What is free on the disk that holds {@code folder}, or will once it is made. */
    public static Bytes freeDisk(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return new Bytes(Files.getFileStore(existing).getUsableSpace());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
