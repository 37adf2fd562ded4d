package vmlab.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vmlab.boot.BootConfig;
import vmlab.engine.Road;
import vmlab.net.Door;
import vmlab.plan.LabFolder;
import vmlab.site.Reach;
import vmlab.spec.Forwarding;

/** A port of the loopback leads to a node: straight where libvirt is the machine's own, through the door out of the embedded host. */
@Timeout(20)
class OpenPortsTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    private Path home;

    private final List<String> told = new CopyOnWriteArrayList<>();

    private OpenPorts ports(boolean embedded) throws IOException {
        LabFolder folder = LabFolder.of(home, "demo");
        Files.createDirectories(folder.path());
        BootConfig config = new BootConfig(
                "demo",
                "127.0.0.1",
                0,
                List.of(new BootConfig.Client("cp", "52:54:00:aa:bb:cc", "127.0.0.1", "/none", "pxe", "")),
                folder.events().toString(),
                embedded ? folder.apiSocket().toString() : "",
                "127.0.0.1",
                List.of(),
                List.of(),
                false,
                false);
        return new OpenPorts(config, new Reach(folder, Road.DIRECT), home, told::add);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            return free.getLocalPort();
        }
    }

    private static void leadsThere(OpenPorts ports) throws IOException {
        try (ServerSocket node = new ServerSocket(0, 1, LOOPBACK)) {
            Forwarding port = new Forwarding(freePort(), "cp", node.getLocalPort());
            ports.open(port);
            try (Socket client = new Socket(LOOPBACK, port.here());
                    Socket server = node.accept()) {
                server.getOutputStream().write("hello".getBytes(UTF_8));
                server.shutdownOutput();
                assertThat(client.getInputStream().readAllBytes())
                        .asString(UTF_8)
                        .isEqualTo("hello");
            }
        }
    }

    @Test
    void straightWhereLibvirtIsTheMachinesOwn() throws IOException {
        try (OpenPorts ports = ports(false)) {
            leadsThere(ports);
        }
    }

    @Test
    void throughTheDoorOutOfTheEmbeddedHostAndNothingIsLeft() throws IOException {
        Files.createDirectories(home.resolve("host"));
        try (var door = Door.serve(Door.socket(home))) {
            try (OpenPorts ports = ports(true)) {
                leadsThere(ports);
            }
        }
        try (Stream<Path> left = Files.list(LabFolder.of(home, "demo").path())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whyNobodyAnswersIsSaidOnce() throws IOException {
        try (OpenPorts ports = ports(false)) {
            Forwarding port = new Forwarding(freePort(), "cp", freePort());
            ports.open(port);
            for (int i = 0; i < 2; i++) {
                try (Socket client = new Socket(LOOPBACK, port.here())) {
                    assertThat(client.getInputStream().read()).isEqualTo(-1);
                }
            }
            assertThat(told).singleElement().asString().startsWith(port + ": Connection refused");
        }
    }

    @Test
    void aPortInUseIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK);
                OpenPorts ports = ports(false)) {
            assertThatThrownBy(() -> ports.open(new Forwarding(taken.getLocalPort(), "cp", 80)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }
}
