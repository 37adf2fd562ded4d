package vmlab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cidr;

/** On libvirt's built-in test driver. */
class TeardownTest extends OnTestDriver {

    private void make(String lab, String cidr) throws IOException {
        Plan plan = Plan.of(Clusters.ofNodes(lab, 1), Cidr.parse(cidr));
        libvirt.createNetwork(plan);
        begun(lab);
        Files.createDirectories(LabFolder.of(home, lab).evidence());
        Files.writeString(LabFolder.of(home, lab).events(), "");
        Files.writeString(LabFolder.of(home, lab).evidence().resolve("cp.serial.log"), "panic");
    }

    @Test
    void removesOneLabWithItsFilesAndNoOther() throws IOException, InterruptedException {
        make("one", "10.77.6.0/24");
        make("two", "10.77.7.0/24");
        Site site = site();

        assertThat(new Down(site).run("one", new Run(event -> {}))).isEqualTo(1);

        assertThat(hypervisor.inventory().labs()).containsExactly("two");
        assertThat(LabFolder.of(home, "one").path()).doesNotExist();
        assertThat(LabFolder.of(home, "two").events()).exists();
        assertThat(new Down(site).run("one", new Run(event -> {}))).isZero();
    }

    @Test
    void aFolderInWhichNoLabBeganIsRefusedWithAllThatIsInIt() throws IOException {
        LabFolder folder = LabFolder.of(home, "mine");
        Path notes = folder.path().resolve("NOTES.md");
        Files.createDirectories(folder.path());
        Files.writeString(notes, "n");
        Files.writeString(folder.spec(), "name: mine");

        for (ThrowingCallable down : List.<ThrowingCallable>of(
                () -> new Down(site()).run("mine", new Run(event -> {})),
                () -> Down.removeFiles(home, "mine", new Run(event -> {})))) {
            assertThatThrownBy(down)
                    .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.kind())
                            .isEqualTo(LabFailure.Kind.INPUT))
                    .hasMessageContaining("none that lab made");
        }
        assertThat(notes).exists();
        assertThat(folder.spec()).exists();
    }

    @Test
    void anErrorEndsNeitherTheTeardownNorCountsAsDone() throws IOException, InterruptedException {
        make("four", "10.77.9.0/24");
        LabFolder folder = LabFolder.of(home, "four");
        Files.createDirectories(folder.bootPid());

        assertThatThrownBy(() -> new Down(site()).run("four", new Run(event -> {})))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.what()).isEqualTo("lab four is not all gone");
                    assertThat(failure.next()).contains("lab down four again");
                });
        assertThat(hypervisor.inventory().of("four").isEmpty())
                .as("the rest went")
                .isTrue();
        assertThat(folder.identity()).as("whose it is").exists();

        Files.delete(folder.bootPid());
        new Down(site()).run("four", new Run(event -> {}));
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void aProcessIdThatIsNoneEndsNothing() throws IOException, InterruptedException {
        make("five", "10.77.10.0/24");
        Files.write(LabFolder.of(home, "five").bootPid(), new byte[] {(byte) 0xFF, (byte) 0xFE});

        assertThat(new Down(site()).run("five", new Run(event -> {}))).isEqualTo(1);

        assertThat(LabFolder.of(home, "five").path()).doesNotExist();
    }

    @Test
    void whatALinkLeadsToIsRemovedOnlyWhereALabBegan(@TempDir Path elsewhere) throws IOException, InterruptedException {
        LabFolder folder = LabFolder.of(home, "linked");
        Files.createDirectories(home.resolve("labs"));
        Files.createSymbolicLink(folder.path(), elsewhere);
        Path notes = Files.writeString(elsewhere.resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> new Down(site()).run("linked", new Run(event -> {})))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.next()).contains("Nothing was touched"));
        assertThatThrownBy(() -> Down.removeFiles(home, "linked", new Run(event -> {})))
                .isInstanceOf(LabFailure.class);
        assertThat(notes).hasContent("mine");

        begun("linked");
        new Down(site()).run("linked", new Run(event -> {}));
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void theEvidenceOfAFailedUpOutlivesItsLab() throws IOException, InterruptedException {
        make("three", "10.77.8.0/24");
        Site site = site();

        new Run(event -> {}).perform(new Teardown(site, Teardown.Evidence.KEEP), "three");

        assertThat(LabFolder.of(home, "three").events()).doesNotExist();
        assertThat(LabFolder.of(home, "three").evidence().resolve("cp.serial.log"))
                .hasContent("panic");
    }
}
