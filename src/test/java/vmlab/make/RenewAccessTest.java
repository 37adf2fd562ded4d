package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.kube.ClusterKeys;
import vmlab.kube.Kubeconfig;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.Run;

/** A lab that stood still until its certificates expired. */
class RenewAccessTest {

    private static final Clock NOW = Clock.systemUTC();

    @TempDir
    Path home;

    private final List<String> notes = new ArrayList<>();
    private final Run run = new Run(event -> {
        if (event instanceof Event.Noted noted) {
            notes.add(noted.text());
        }
    });

    private LabFolder made() throws InterruptedException {
        LabFolder folder = LabFolder.of(home, "demo");
        ClusterKeys keys = ClusterKeys.create();
        keys.write(folder.pki());
        keys.adminKubeconfig("demo", "https://10.77.0.11:6443").write(folder.ownKubeconfig());
        keys.adminKubeconfig("demo", "https://127.0.0.1:40000").write(folder.kubeconfig());
        return folder;
    }

    @Test
    void certificatesThatAreGoodAreLeftAlone() throws InterruptedException {
        LabFolder folder = made();
        Kubeconfig before = Kubeconfig.read(folder.ownKubeconfig());

        new RenewAccess(folder, Clock.offset(NOW, Duration.ofDays(300))).renew(run);

        assertThat(Kubeconfig.read(folder.ownKubeconfig())).isEqualTo(before);
        assertThat(notes).isEmpty();
    }

    @Test
    void certificatesThatExpiredAreSaidAndMadeAnewForTheSameServers() throws InterruptedException {
        LabFolder folder = made();
        Clock later = Clock.offset(NOW, Duration.ofDays(500));

        new RenewAccess(folder, later).renew(run);

        assertThat(notes).hasSize(2).allMatch(note -> note.contains("expired on") && note.endsWith("renewed"));
        assertThat(Kubeconfig.read(folder.ownKubeconfig()).validUntil()).isAfter(later.instant());
        assertThat(Kubeconfig.read(folder.kubeconfig())).satisfies(users -> {
            assertThat(users.server()).isEqualTo("https://127.0.0.1:40000");
            assertThat(users.validUntil()).isAfter(later.instant());
        });
        notes.clear();
        new RenewAccess(folder, later).renew(run);
        assertThat(notes).isEmpty();
    }

    @Test
    void aCaThatExpiredCannotBeRenewed() throws InterruptedException {
        LabFolder folder = made();

        assertThatThrownBy(() -> new RenewAccess(folder, Clock.offset(NOW, Duration.ofDays(4000))).renew(run))
                .hasMessageContaining("CA has expired");
    }
}
