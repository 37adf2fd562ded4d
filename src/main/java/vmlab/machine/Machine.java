package vmlab.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;
import vmlab.spec.InvalidValue;

/** What this machine has to give. */
public final class Machine {

    private static final int WIDEST_ROUTE = 8;

    /** More than so many in a row are not looked at. */
    private static final int PORTS = 100;

    private static final Pattern NAME_SERVER = Pattern.compile("\\s*nameserver\\s+([^\\s#;]+).*");

    private static final Inet4Address NOBODYS = Inet4Address.ofLiteral("127.80.69.1");

    private Machine() {}

    /** Whether its kernel does IPv6. */
    public static boolean hasIpv6() {
        return Files.exists(Path.of("/proc/net/if_inet6"));
    }

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

    /**
     * The IPv4 networks that this machine has routes to, its interfaces' own and, say, a VPN's. A route that takes in more than a /8, the
     * default one above all, says nothing of what is in use.
     */
    public static List<Cidr> routes() {
        return routes(read(Path.of("/proc/net/route")));
    }

    /** The IPv4 addresses of the name servers that this machine asks, each as a network of one; its own loopback left out. */
    public static List<Cidr> resolvers() {
        return Stream.of("/etc/resolv.conf", "/run/systemd/resolve/resolv.conf")
                .map(Path::of)
                .filter(Files::isReadable)
                .flatMap(file -> resolvers(read(file)).stream())
                .distinct()
                .toList();
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The lines of a resolv.conf(5): {@code nameserver 10.0.0.53}. */
    static List<Cidr> resolvers(List<String> lines) {
        return lines.stream()
                .map(NAME_SERVER::matcher)
                .filter(Matcher::matches)
                .flatMap(line -> address4(line.group(1)))
                .filter(server -> !server.network().isLoopbackAddress())
                .toList();
    }

    private static Stream<Cidr> address4(String text) {
        try {
            return Stream.of(Cidr.parse(text + "/32"));
        } catch (InvalidValue notIpv4) {
            return Stream.empty();
        }
    }

    /** The lines of /proc/net/route: a heading, then interface, destination, gateway, …, the mask in column 8, in little-endian hex. */
    static List<Cidr> routes(List<String> lines) {
        return lines.stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .map(columns ->
                        Cidr.around(address(columns[1]), Integer.bitCount((int) Long.parseLong(columns[7], 16))))
                .filter(route -> route.prefix() >= WIDEST_ROUTE)
                .distinct()
                .toList();
    }

    private static Inet4Address address(String littleEndian) {
        int number = Integer.reverseBytes((int) Long.parseLong(littleEndian, 16));
        return Inet4Address.ofLiteral(String.format(
                Locale.ROOT, "%d.%d.%d.%d", number >>> 24, number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF));
    }

    /** The IPv6 addresses of this machine's interfaces; none where it has no IPv6 at all. */
    public static List<Inet6Address> addresses6() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .flatMap(address -> address instanceof Inet6Address six ? Stream.of(six) : Stream.empty())
                    .toList();
        } catch (SocketException error) {
            throw new UncheckedIOException("the network interfaces cannot be listed", error);
        }
    }

    private static Cidr cidr(InterfaceAddress address) {
        return Cidr.around((Inet4Address) address.getAddress(), address.getNetworkPrefixLength());
    }

    /** The first port from {@code first} on at which no program of this machine listens on all addresses. */
    public static int freePort(int first) {
        return IntStream.range(first, first + PORTS)
                .filter(port -> !isPortTaken(port))
                .findFirst()
                .orElse(first);
    }

    /**
     * Whether a program of this machine listens there on all addresses, so that none can on an address of its own. That is tried with one
     * that nobody else uses, without listening, so that several may try at once.
     */
    public static boolean isPortTaken(int port) {
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(NOBODYS, port));
            return false;
        } catch (IOException taken) {
            return true;
        }
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
        // Not its FileStore: that wants a mount point above it, which a root that was only changed to has not.
        return new Bytes(existing.toFile().getUsableSpace());
    }

    /** Whether a program is there to be run. */
    public static boolean isInstalled(String program) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), Stream.of("/usr/sbin", "/sbin"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
