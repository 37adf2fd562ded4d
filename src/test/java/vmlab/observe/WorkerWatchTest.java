package vmlab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.run.Reading;
import vmlab.site.NodeLogin;
import vmlab.ssh.KeyFiles;

class WorkerWatchTest {

    @TempDir
    Path folder;

    @Test
    void onlyAWorkerThatIsMissingForLongIsLookedAtAndItsReasonIsAdded() throws Exception {
        LabFolder lab = new LabFolder(folder);
        KeyFiles.readOrMake(lab.sshKey(), "lab");
        KeyFiles.readOrMake(lab.hostKey("w1"), "w1");
        // Nothing listens at this address of the loopback.
        NodeLogin worker = new NodeLogin("w1", "lab-w1", "127.0.0.2", lab);
        List<Integer> looks = new ArrayList<>();
        Instant[] now = {Instant.EPOCH};
        WorkerWatch watch = new WorkerWatch(
                () -> new Reading.NotYet<>("node w1 has not registered"),
                () -> {
                    looks.add(1);
                    return Set.of("w1");
                },
                List.of(worker),
                new Clock() {
                    @Override
                    public Instant instant() {
                        return now[0];
                    }

                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }
                });

        assertThat(watch.read()).isEqualTo(new Reading.NotYet<>("node w1 has not registered"));
        assertThat(looks).isEmpty();

        now[0] = now[0].plus(WorkerWatch.PATIENCE);
        assertThat(watch.read()).isInstanceOfSatisfying(Reading.NotYet.class, it -> assertThat(it.why())
                .startsWith("node w1 has not registered; w1 cannot be logged in to: "));
        watch.read();
        assertThat(looks).hasSize(1);
    }
}
