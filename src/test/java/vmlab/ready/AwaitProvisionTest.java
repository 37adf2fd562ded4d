package vmlab.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.MilestoneName;
import vmlab.run.Reading;

class AwaitProvisionTest {

    @TempDir
    private Path path;

    @Test
    void aNodeThatRanItIsThroughUntilItBootsAgain() {
        says(MilestoneName.INIT, MilestoneName.PROVISION_START, MilestoneName.PROVISION);
        assertThat(AwaitProvision.said(folder(), "cp")).contains(new Reading.Ready<>("PROVISION said"));
        assertThat(AwaitProvision.said(folder(), "w1")).isEmpty();

        says(MilestoneName.INIT, MilestoneName.PROVISION_START);
        assertThat(AwaitProvision.said(folder(), "cp")).isEmpty();

        says(MilestoneName.PROVISION_FAILED);
        assertThat(AwaitProvision.said(folder(), "cp")).containsInstanceOf(Reading.Never.class);
    }

    @Test
    void aNodeThatGoesOnFromAGoldenLabRanItBefore() {
        says(MilestoneName.RESTORED, MilestoneName.CLOCK);
        assertThat(AwaitProvision.said(folder(), "cp")).containsInstanceOf(Reading.Ready.class);

        says(MilestoneName.INIT);
        assertThat(AwaitProvision.said(folder(), "cp"))
                .as("it has booted since")
                .isEmpty();
    }

    @Test
    void soIsOneWhoseWordOfThatCameTooEarly() {
        says(MilestoneName.CLOCK);
        assertThat(AwaitProvision.said(folder(), "cp")).containsInstanceOf(Reading.Ready.class);

        says(MilestoneName.INIT);
        assertThat(AwaitProvision.said(folder(), "cp"))
                .as("it has booted since")
                .isEmpty();
    }

    private void says(MilestoneName... names) {
        EventLog log = new EventLog(folder().events());
        for (MilestoneName name : names) {
            log.emit(new Event.Milestone(Instant.EPOCH, "cp", name.toString(), name.name() + " said", Duration.ZERO));
        }
    }

    private LabFolder folder() {
        return new LabFolder(path);
    }
}
