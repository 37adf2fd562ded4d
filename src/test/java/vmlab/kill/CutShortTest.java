package vmlab.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.spec.Cluster;

/**
 * Commands that wait for nodes, killed as in {@link KilledAnywhereTest}: {@code start}, an {@code up} that restarts a node, and
 * {@code upgrade}. The next command comes to a lab that is Ready with what was on its disks and no node cordoned. An {@code upgrade} that
 * is interrupted comes to that by itself.
 */
@Execution(ExecutionMode.CONCURRENT)
class CutShortTest {

    private static final Points NONE = what -> {};

    /** The last that an upgrade of a node waits for. */
    private static final String READY = "Looked: the cluster to be Ready";

    private static final Victim.Command NOTHING = points -> {};

    /** It would tell of each request. */
    private static final Logger SILENCED = Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

    static {
        SILENCED.setLevel(Level.WARNING);
    }

    @TempDir(factory = InMemory.class)
    private Path memory;

    @TempDir
    private Path elsewhere;

    private BootingLab lab;

    @BeforeEach
    void aLabThatIsUp() throws Exception {
        lab = new BootingLab(memory, elsewhere);
        lab.up(lab.two()).run(NONE);
        lab.isReady();
    }

    @AfterEach
    void close() throws Exception {
        lab.down().run(NONE);
        lab.close();
    }

    private void everywhere(String name, Victim.Command before, Victim.Command command, Victim.Question after)
            throws Exception {
        new Victim(memory).killEverywhere(name, before, command, after);
    }

    /** One kill in sixteen is answered by all that {@code up} does, one by {@code down}, the others by what changes something. */
    private void goOn(int number, Victim.Command others) throws Exception {
        Map<String, String> kept = lab.kept();
        switch (number % 16) {
            case 0 -> {
                lab.down().run(NONE);
                lab.isGone();
                lab.up(lab.two()).run(NONE);
                kept.clear();
            }
            case 8 -> lab.up(lab.two()).run(NONE);
            default -> others.run(NONE);
        }
        lab.isReady();
        assertThat(lab.kept()).containsAllEntriesOf(kept);
    }

    @Test
    void aStartIsCarriedOnByTheNextOrByAnUp() throws Exception {
        everywhere(
                "start",
                lab.stop(),
                lab.start(),
                number -> goOn(number, number % 2 == 0 ? lab.start() : lab.change(lab.two())));
    }

    /** The worker gets another number of processors, time and again. */
    @Test
    void anEditThatRestartsANodeIsCarriedOnByTheNextUp() throws Exception {
        List<Integer> processors = new ArrayList<>();
        Victim.Command edit = points -> {
            processors.add(lab.edited().nodes().getLast().cpus());
            lab.change(lab.edited()).run(points);
        };
        everywhere("up, restarts", NOTHING, edit, number -> {
            goOn(number, lab.change(lab.workersProcessors(processors.getLast())));
        });
    }

    /** The worker gets another image, time and again, and after each kill an {@code up} that leaves it the one that it has then. */
    @Test
    void anUpgradeThatWasKilledLeavesANodeThatUpStartsWithEitherImage() throws Exception {
        Victim.Command upgrade = points -> lab.upgrade(lab.wanted(), "n1").run(points);
        everywhere("upgrade", NOTHING, upgrade, number -> goOn(number, lab.change(lab.two())));
    }

    /** The worker is done by then, and it is the controller's turn. */
    @Test
    void anUpgradeOfBothNodesThatWasKilledAtItsSecondIsCarriedOnByUpToo() throws Exception {
        Victim.Command worker = points -> lab.upgrade(lab.wanted(), "n1").run(points);
        // Which builds the image.
        worker.run(NONE);
        int first = pointsOf(worker);
        new Victim(memory)
                .killEverywhere(
                        "upgrade, 2nd",
                        first,
                        points -> lab.upgrade(lab.current(), "n0").run(points),
                        points -> lab.upgrade(lab.wanted(), "n1", "n0").run(points),
                        number -> goOn(number, lab.change(lab.two())));
    }

    /** The same of an edit that restarts both. */
    @Test
    void anEditThatRestartsBothNodesIsCarriedOnFromItsSecondToo() throws Exception {
        int first = pointsOf(points -> lab.change(lab.edited()).run(points));
        List<Integer> processors = new ArrayList<>();
        new Victim(memory)
                .killEverywhere(
                        "restarts, 2nd",
                        first,
                        NOTHING,
                        points -> {
                            Cluster edited = lab.bothEdited();
                            processors.add(edited.nodes().getLast().cpus());
                            lab.change(edited).run(points);
                        },
                        number -> goOn(number, lab.change(lab.bothProcessors(processors.getLast()))));
    }

    private static int pointsOf(Victim.Command command) throws Exception {
        List<String> points = new ArrayList<>();
        command.run(point -> {
            synchronized (points) {
                points.add(point);
            }
        });
        return points.size();
    }

    /** Interrupted, the command can still make good. */
    @Test
    void anInterruptedUpgradeLeavesTheNodeOnAndOpenWithItsFormerImageUnlessItIsUpWithTheOther() throws Exception {
        boolean isDone = false;
        for (int number = 1; !isDone; number++) {
            String former = lab.image("n1");
            Interruption interruption = new Interruption(number);
            boolean isWhole = interruption.isSurvivedBy(lab.upgrade(lab.wanted(), "n1"));
            isDone = interruption.isTooLate();
            try {
                lab.isReady();
                assertThat(lab.image("n1").equals(former))
                        .as("its former image")
                        .isEqualTo(!interruption.wasTold(READY));
                assertThat(isWhole && !isDone && !interruption.isAfter(READY))
                        .as("it went on")
                        .isFalse();
            } catch (AssertionError left) {
                fail("interrupted at " + interruption.where(), left);
            }
        }
    }
}
