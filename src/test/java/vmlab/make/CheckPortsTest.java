package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.boot.BootConfig;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.spec.Forwarding;

class CheckPortsTest {

    @TempDir
    Path home;

    private void assertRefused(int port, String why) {
        assertThatThrownBy(() -> new CheckPorts(home, false).run("mine", List.of(Forwarding.parse(port + ":cp:80"))))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).contains(why));
    }

    @Test
    void whoHasThePortIsSaidWhereItIsAnotherLab() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertRefused(port, "Address already in use");

            Process another = forwards("other", port);
            try {
                assertRefused(port, "lab other forwards it already");
            } finally {
                another.destroy();
            }
        }
    }

    /** A lab whose service, here a shell that waits, was told to. */
    private Process forwards(String lab, int port) throws IOException {
        LabFolder folder = LabFolder.of(home, lab);
        Files.createDirectories(folder.path());
        new BootConfig(
                        lab,
                        "10.77.0.1",
                        8069,
                        List.of(),
                        "events",
                        "",
                        "10.77.0.11",
                        List.of(),
                        List.of(port + ":cp:80"),
                        true,
                        true)
                .write(folder.bootConfig());
        Process service =
                new ProcessBuilder("sh", "-c", "read end", folder.bootConfig().toString()).start();
        Files.writeString(folder.bootPid(), service.pid() + "\n");
        return service;
    }

    @Test
    void aPortThatIsFreeIsNotHeld() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThatCode(() -> new CheckPorts(home, false).run("mine", List.of(Forwarding.parse(port + ":cp:80"))))
                .doesNotThrowAnyException();
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
}
