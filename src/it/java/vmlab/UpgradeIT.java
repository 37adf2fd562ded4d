package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node gets another image and stays the node that it was: the same member of the cluster with the same /var. */
@Tag("long")
@WithinMinutes(40)
class UpgradeIT {

    private static final String CLUSTER = """
            apiVersion: lab/v1
            name: upgrade
            image: %s
            nodes: [{name: cp, role: single, cpus: 2, memory: 3GiB, boot: direct}]
            """;

    /** What tells this node and its disk from any other. */
    private static final String IDENTITY =
            "cat /var/lib/kept; k0s kubectl get node cp -o jsonpath='{.metadata.uid} {.spec.unschedulable}'";

    @TempDir
    static Path folder;

    private Recipes recipes;
    private Path home;
    private LabCommand lab;
    private String file = "";
    private String identity = "";

    @BeforeEach
    void aNodeIsReady() throws IOException, InterruptedException {
        recipes = Recipes.in(Files.createTempDirectory(folder, "recipes"));
        home = Files.createTempDirectory("lab-it");
        lab = new LabCommand(home);
        file = Files.writeString(
                        folder.resolve("upgrade.yaml"),
                        CLUSTER.formatted(Path.of("images/debian-standin.yaml").toAbsolutePath()))
                .toString();
        LabCommand.Result up = lab.run("up", file);
        assertThat(up.exit()).as(up.err()).isZero();
        onNode("echo kept >/var/lib/kept");
        identity = onNode(IDENTITY);
        assertThat(identity).startsWith("kept\n");
        assertThat(lab.run("plan", file).exit()).isZero();
    }

    @AfterEach
    void downLeavesNothing() throws IOException, InterruptedException {
        assertThat(lab.run("down", "upgrade").exit()).isZero();
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }

    @Test
    void aNodeTakesAnotherImageAndGoesBackToTheOneBefore() throws IOException, InterruptedException {
        Path edition = recipes.withFile("edition", "etc/edition", List.of("second"));
        LabCommand.Result upgrade = lab.run("upgrade", file, "--image", edition.toString());
        System.out.println(upgrade.err());
        assertThat(upgrade.exit()).as(upgrade.err()).isZero();
        assertThat(upgrade.out()).contains("cp run another image");
        assertThat(onNode("cat /etc/edition")).isEqualTo("second\n");
        assertThat(onNode(IDENTITY)).as("/var and the cluster's member").isEqualTo(identity);

        assertThat(lab.run("plan", file).out()).contains("nothing to do");
        assertThat(lab.run("up", file).err()).contains("cp keeps the image that lab upgrade or rollback gave it");
        assertThat(lab.run("upgrade", file, "--image", edition.toString()).out())
                .contains("nothing to do");
        Matcher images = Pattern.compile("cp: ([0-9a-f]{12}) → ([0-9a-f]{12})").matcher(upgrade.err());
        assertThat(images.find()).as(upgrade.err()).isTrue();
        assertThat(lab.run("image", "gc", "--keep", "0", "--dry-run").out())
                .as("an image that a node runs, or may go back to, is no garbage")
                .doesNotContain(images.group(1), images.group(2));

        LabCommand.Result rollback = lab.run("rollback", file);
        System.out.println(rollback.err());
        assertThat(rollback.exit()).as(rollback.err()).isZero();
        assertThat(onNode("ls /etc/edition 2>&1")).contains("No such file");
        assertThat(onNode(IDENTITY)).isEqualTo(identity);
        assertThat(lab.run("plan", file).out()).contains("nothing to do");
    }

    @Test
    void aNodeThatDoesNotComeUpGoesBackByItself() throws IOException, InterruptedException {
        assertThat(lab.run("rollback", file, "cp").err()).contains("node cp has no image to go back to");

        goesBack(recipes.withStep("no-k0s", "rm /usr/bin/k0s"), "the image has no k0s");
        goesBack(
                recipes.withFile("mute", "etc/inittab", List.of("id:3:initdefault:", "si::sysinit:/bin/true")),
                "cp did not come up",
                "--boot-timeout",
                "60s");
    }

    private void goesBack(Path broken, String why, String... more) throws IOException, InterruptedException {
        String name = broken.getFileName().toString();
        String[] arguments = {"upgrade", file, "--image", broken.toString()};
        LabCommand.Result upgrade =
                lab.run(Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new));
        System.out.println(upgrade.err());
        assertThat(upgrade.exit()).as(upgrade.err()).isEqualTo(1);
        assertThat(upgrade.err())
                .contains("node cp did not come up with image", why, "it runs its previous image", "it goes back to");
        assertThat(onNode(IDENTITY)).as("after " + name).isEqualTo(identity);
        assertThat(onNode("k0s kubectl get nodes")).contains(" Ready ");
        assertThat(lab.run("plan", file).out()).contains("nothing to do");
    }

    private String onNode(String command) throws IOException, InterruptedException {
        return lab.run("ssh", "upgrade", "--", command).out();
    }
}
