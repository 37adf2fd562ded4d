package vmlab.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vmlab.spec.Cidr;

class MachineTest {

    @Test
    void routesAreReadAsTheKernelWritesThem() {
        List<String> table = List.of(
                "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
                "eth0\t00000000\t0100A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
                "eth0\t0000A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
                "tun0\t00004D0A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0",
                "tun0\t00000080\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0");

        assertThat(Machine.routes(table)).containsExactly(Cidr.parse("192.168.0.0/24"), Cidr.parse("10.77.0.0/16"));
    }

    @Test
    void theNameServersOfAResolvConfAreInUse() {
        assertThat(Machine.resolvers(List.of(
                        "# made by hand",
                        "nameserver 127.0.0.53",
                        "nameserver 10.77.0.1",
                        " nameserver\t192.168.1.1 # the router",
                        "nameserver fe80::1%eth0",
                        "nameserver 2001:db8::53",
                        "nameserver 10.77.0.999",
                        "options edns0")))
                .containsExactly(Cidr.parse("10.77.0.1/32"), Cidr.parse("192.168.1.1/32"));
    }

    @Test
    void aPortWhereAnotherListensOnAllAddressesIsTakenAndTheNextFreeOneIsNot() throws IOException {
        try (ServerSocket everywhere = new ServerSocket(0)) {
            int port = everywhere.getLocalPort();
            assertThat(Machine.isPortTaken(port)).isTrue();
            assertThat(Machine.freePort(port)).isGreaterThan(port);
        }
        try (ServerSocket loopback = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Machine.isPortTaken(loopback.getLocalPort())).isFalse();
        }
    }

    @Test
    void portsAreLookedAtByManyAtOnce() throws IOException {
        int free = freePort();
        var taken = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 4000)
                    .forEach(attempt -> threads.submit(() -> {
                        if (Machine.isPortTaken(free)) {
                            taken.incrementAndGet();
                        }
                    }));
        }
        assertThat(taken).hasValue(0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
