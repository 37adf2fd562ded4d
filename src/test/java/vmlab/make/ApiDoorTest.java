package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vmlab.kube.Kubeconfig;
import vmlab.net.Door;
import vmlab.net.Entrance;
import vmlab.plan.LabFolder;
import vmlab.site.OnTestDriver;

/** How a user's kubeconfig leads into the embedded host, and into the one after it. */
class ApiDoorTest extends OnTestDriver {

    private static final Kubeconfig DIRECT = new Kubeconfig("demo", "https://10.77.9.1:6443", "ca", "me", "key");

    private LabFolder folder;
    private Entrance door;

    @BeforeEach
    void aHostWithADoor() throws IOException {
        folder = begun("demo");
        Files.createDirectories(Door.socket(site().home()).getParent());
        door = Door.serve(Door.socket(site().home()));
    }

    @AfterEach
    void close() throws IOException {
        Door.close(Door.socket(site().home()), port());
        door.close();
    }

    private int port() {
        return URI.create(Kubeconfig.read(folder.kubeconfig()).server()).getPort();
    }

    private void theNextHost() throws IOException {
        door.close();
        Files.delete(Door.socket(site().home()));
        door = Door.serve(Door.socket(site().home()));
    }

    @Test
    void theNextHostLetsInAtTheSamePort() throws IOException {
        new ApiDoor(site(), folder).publish(DIRECT);
        int port = port();
        assertThat(Kubeconfig.read(folder.kubeconfig())).isEqualTo(DIRECT.at("https://127.0.0.1:" + port));

        Door.close(Door.socket(site().home()), port);
        theNextHost();
        new ApiDoor(site(), folder).reopen();

        assertThat(port()).isEqualTo(port);
        assertThat(Door.open(Door.socket(site().home()), port, folder.apiSocket()))
                .as("open, and to the same")
                .isEqualTo(port);
    }

    @Test
    void aPortThatIsAnothersByThenIsLeftToIt() throws IOException {
        new ApiDoor(site(), folder).publish(DIRECT);
        int port = port();

        // What the door before opened stays open here: that is the other.
        theNextHost();
        new ApiDoor(site(), folder).reopen();

        assertThat(port()).isNotEqualTo(port);
    }
}
