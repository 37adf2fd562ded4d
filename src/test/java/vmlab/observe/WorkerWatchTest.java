package vmlab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.run.Reading;
import vmlab.site.NodeLogin;
import vmlab.site.NodeSsh;
import vmlab.ssh.KeyFiles;

class WorkerWatchTest {

    @TempDir
    Path folder;

    private final List<Integer> looks = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private WorkerWatch watch;

    @BeforeEach
    void aWorkerThatIsMissing() {
        LabFolder lab = new LabFolder(folder);
        KeyFiles.readOrMake(lab.sshKey(), "lab");
        KeyFiles.readOrMake(lab.hostKey("w1"), "w1");
        // Nothing listens at this address of the loopback.
        NodeLogin worker =
                new NodeLogin("w1", "lab-w1", lab, new NodeSsh(lab, "w1", new InetSocketAddress("127.0.0.2", 22)));
        watch = new WorkerWatch(
                () -> new Reading.NotYet<>("node w1 has not registered"),
                () -> {
                    looks.add(1);
                    return Set.of("w1");
                },
                List.of(worker),
                new Clock() {
                    @Override
                    public Instant instant() {
                        return now;
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
    }

    @Test
    void onlyAWorkerThatIsMissingForLongIsLookedAtAndItsReasonIsAdded() throws Exception {
        assertThat(watch.read()).isEqualTo(new Reading.NotYet<>("node w1 has not registered"));
        assertThat(looks).isEmpty();

        now = now.plus(WorkerWatch.PATIENCE);
        assertThat(watch.read()).isInstanceOfSatisfying(Reading.NotYet.class, it -> assertThat(it.why())
                .startsWith("node w1 has not registered; w1 cannot be logged in to: "));
        watch.read();
        assertThat(looks).hasSize(1);
    }

    @Test
    void theLongerAWorkerIsMissingTheLessOftenItIsLookedAt() throws Exception {
        List<Integer> byMinute = new ArrayList<>();
        for (int minute = 0; minute < 15; minute++) {
            int before = looks.size();
            for (int second = 0; second < 60; second += 2) {
                watch.read();
                now = now.plusSeconds(2);
            }
            byMinute.add(looks.size() - before);
        }

        assertThat(byMinute.get(0)).isZero();
        assertThat(byMinute.get(1)).as("soon after it was missed").isBetween(2, 3);
        assertThat(looks)
                .as("in a quarter of an hour; one each 20 s would be 42")
                .hasSizeLessThan(16);
        assertThat(byMinute.getLast()).isLessThanOrEqualTo(1);
    }
}
