package vmlab.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.libvirt.Hypervisor;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.site.Site;
import vmlab.spec.Cidr;

/** Which tokens are in doubt. */
class RenewTokensTest {

    @TempDir
    Path home;

    @Test
    void aTokenIsInDoubtOnceItMayHaveExpired() throws IOException {
        NodePlan worker = Plan.of(Clusters.ofNodes("demo", 2), Cidr.parse("10.77.5.0/24"))
                .nodes()
                .getLast();
        LabFolder folder = LabFolder.of(home, "demo");
        Files.createDirectories(folder.path());
        Files.createFile(folder.configDisk(worker.name()));
        try (Hypervisor hypervisor = Hypervisor.connect("test:///default", true)) {
            Site site = new Site(hypervisor, home, true);
            Clock now = Clock.systemUTC();

            assertThat(new RenewTokens(site, Clock.offset(now, Duration.ofHours(1))).mayHaveExpired(worker, folder))
                    .isFalse();
            assertThat(new RenewTokens(site, Clock.offset(now, Duration.ofHours(30))).mayHaveExpired(worker, folder))
                    .isTrue();
        }
    }
}
