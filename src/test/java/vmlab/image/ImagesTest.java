package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmlab.run.Event;
import vmlab.run.LabFailure;

class ImagesTest {

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void makeWorld() throws IOException {
        world = new World(folder);
    }

    @Test
    void anImageIsBuiltOnceAndThenFound() throws Exception {
        BootImage first = world.resolve();
        assertThat(first.squashfs()).hasContent("node");
        assertThat(first.k0s()).isEqualTo("version");
        assertThat(world.resolve()).isEqualTo(first);
        assertThat(world.builds()).isEqualTo(1);
        assertThat(world.images(false).list()).containsExactly(first);
    }

    @Test
    void anImageKnowsTheSumsOfItsFiles() throws Exception {
        BootImage image = world.resolve();
        assertThat(image.files().keySet()).containsExactly("initrd", "packages.txt", "root.squashfs", "vmlinuz");
        assertThat(image.files().get("initrd"))
                .isEqualTo(new Artifact(Files.size(image.initrd()), FileHashes.read(image.initrd())));
        assertThat(world.images(false).list()).containsExactly(image);
    }

    @Test
    void eachStepIsTold() throws Exception {
        world.resolve();
        assertThat(world.events)
                .anyMatch(event ->
                        event instanceof Event.Waiting waiting && waiting.why().equals("step 1, packages"));
    }

    @Test
    void aChangedInputIsAnotherImage() throws Exception {
        BootImage first = world.resolve();
        world.write("overlay/etc/motd", "good day");
        BootImage second = world.resolve();
        world.recipe("hostname: other");
        BootImage third = world.resolve();
        assertThat(second.digest()).isNotEqualTo(first.digest());
        assertThat(third.squashfs()).hasContent("other");
        assertThat(world.images(false).list()).containsExactly(third, second, first);
    }

    @Test
    void anImageThatLostAFileIsBuiltAgain() throws Exception {
        Files.delete(world.resolve().initrd());
        assertThat(world.resolve().initrd()).exists();
        assertThat(world.builds()).isEqualTo(2);
    }

    @Test
    void whoMayNotBuildSaysSo() {
        assertThatThrownBy(() -> world.images(false).resolve(world.path("recipe.yaml"), world.run))
                .isInstanceOf(BuildElsewhere.class);
    }

    @Test
    void aFailedBuildTellsItsLastLinesAndIsNoImage() throws Exception {
        world.buildScript("echo 'step: packages'; echo 'E: Unable to locate package opnerc' >&2; exit 1");
        assertThatThrownBy(world::resolve).isInstanceOfSatisfying(LabFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(LabFailure.Kind.INPUT);
            assertThat(failure.why()).isEqualTo("E: Unable to locate package opnerc");
            assertThat(failure.next()).contains("packages");
            assertThat(failure.what()).contains("its step 'packages' failed");
        });
        assertThat(world.images(false).list()).isEmpty();
    }

    @Test
    void anUnknownPackageIsAnsweredWithTheNearest() throws Exception {
        world.buildScript("echo 'E: Unable to locate package opnerc'; echo all of it > $1/build.log;"
                + " printf 'openssh\\nopenrc\\n' > $1/names; exit 1");
        assertThatThrownBy(world::resolve)
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.next()).startsWith("did you mean 'openrc'?"));
        assertThat(world.path("cache/images/failed-small.log")).hasContent("all of it");
    }

    @Test
    void aScriptThatLeavesNoInitrdHasFailed() throws Exception {
        world.buildScript("touch $1/vmlinuz; echo x > $1/root.squashfs");
        assertThatThrownBy(world::resolve).hasMessageContaining("left no vmlinuz");
    }

    @Test
    void aFullDiskIsTheMachinesFault() throws Exception {
        world.buildScript("echo 'mksquashfs: write failed: No space left on device'; exit 1");
        assertThatThrownBy(world::resolve)
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.kind()).isEqualTo(LabFailure.Kind.MACHINE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "W: Failed to fetch http://mirror/debian  Could not resolve 'mirror'",
                "pinging container registry registry: Get \"https://registry/v2/\": dial tcp: lookup registry: no such host",
                "Curl error (6): Couldn't resolve host name for https://mirror/ [Could not resolve host: mirror]"
            })
    void aMirrorThatIsAwayIsTheMachinesFaultWhicheverToolAskedIt(String said) throws Exception {
        world.buildScript("cat >&2 <<'.'\n" + said + "\n.\nexit 1");
        assertThatThrownBy(world::resolve).isInstanceOfSatisfying(LabFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(LabFailure.Kind.MACHINE);
            assertThat(failure.why()).contains(said);
            assertThat(failure.next()).contains("where its packages come from");
        });
        assertThat(world.images(false).list()).isEmpty();
    }

    @Test
    void whatAKilledBuildLeftIsSwept() throws Exception {
        String other = "0".repeat(64);
        Path theirs = world.write("cache/images/" + other + ".building/work/root/etc/motd", "x");
        // Nothing that is in the way of a build gets into its image: it begins with an empty folder.
        world.buildScript("[ \"$1\" = --remove ] || [ ! -e \"$1/work/root\" ] || { echo 'half a root'; exit 1; }\n"
                + World.BUILDS);
        try (ChildBuild killed = ChildBuild.of(world, "killed")) {
            killed.awaitStep();
            Path own = killed.folder();
            world.write(world.folder.relativize(own) + "/work/root/etc/half", "x");
            killed.kill();
            assertThat(own).exists();

            BootImage built = world.resolve();

            assertThat(own).doesNotExist();
            assertThat(built.squashfs()).hasContent("node");
        }
        assertThat(theirs).doesNotExist();
        assertThat(world.images(false).verify(List.of()).values()).containsExactly(List.of());
    }

    @Test
    void aBuildOfAnotherProcessIsLeftAlone() throws Exception {
        String digest = "1".repeat(64);
        Path theirs = world.write("cache/images/" + digest + ".building/work/x", "x");
        try (var lock = BuildLock.tryAcquire(world.path("cache/images/" + digest + ".lock"))
                .orElseThrow()) {
            world.resolve();
            assertThat(theirs).exists();
        }
    }

    @Test
    void twoProcessesAtOnceBuildOne() throws Exception {
        world.buildScript(World.BUILDS);
        try (ChildBuild other = ChildBuild.of(world, "ends")) {
            other.awaitStep();
            var threads = Executors.newSingleThreadExecutor();
            var ours = threads.submit(world::resolve);
            while (world.events.stream().noneMatch(Event.Waiting.class::isInstance)) {
                assertThat(ours.isDone()).as("built beside the other one").isFalse();
                Thread.onSpinWait();
            }
            other.goOn();
            assertThat(ours.get().squashfs()).hasContent("node");
            assertThat(other.exit()).isZero();
            threads.shutdown();
        }
        assertThat(world.builds()).isEqualTo(1);
        assertThat(world.path("cache/images")).isDirectoryNotContaining("glob:**.{building,lock}");
    }

    @Test
    void inputsThatChangeMeanwhileMakeNoImage() throws Exception {
        world.buildScript(World.BUILDS + "echo changed > '" + world.path("overlay/etc/motd") + "'");
        assertThatThrownBy(world::resolve).hasMessageContaining("changed meanwhile");
        assertThat(world.images(false).list()).isEmpty();
    }

    @Test
    void anInterruptionEndsTheBuildAndTakesAwayWhatItMade() throws Exception {
        world.buildScript("[ \"$1\" != --remove ] || exec rm -rf \"$2\"\n"
                + "echo $$ > \"$(dirname \"$0\")/pid\"; mkdir -p $1/work/root; echo 'step: packages'; sleep 600");
        var ended = new java.util.concurrent.CompletableFuture<Throwable>();
        var building = Thread.ofVirtual().start(() -> {
            try {
                world.resolve();
            } catch (Throwable how) {
                ended.complete(how);
            }
        });
        while (world.events.stream().noneMatch(Event.Waiting.class::isInstance)) {
            Thread.onSpinWait();
        }
        building.interrupt();
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.of(Long.parseLong(
                        Files.readString(world.path("images/pid")).strip())))
                .as("the script")
                .isEmpty();
        assertThat(world.path("cache/images")).isDirectoryNotContaining("glob:**.{building,lock}");
    }

    @Test
    void aRemovedImageIsGone() throws Exception {
        BootImage image = world.resolve();
        world.images(true).remove(image);
        assertThat(image.folder()).doesNotExist();
        assertThat(world.images(true).list()).isEmpty();
    }
}
