package vmlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.Event;

class RunReaderTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private final List<Event> events = new ArrayList<>();

    private static Instant at(double seconds) {
        return NOON.plusMillis((long) (seconds * 1000));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private void phase(String name, double from, double to) {
        events.add(new Event.PhaseStarted(at(from), name, "do it"));
        events.add(new Event.PhaseDone(at(to), name, seconds(to - from), ""));
    }

    private void said(double when, String node, String name, double uptime) {
        events.add(new Event.Milestone(at(when), node, name, "", seconds(uptime)));
    }

    private void boot(String node, double power) {
        events.add(new Event.Lifecycle(at(power), node, "started", "booted"));
        said(power + 18, node, "pxe", 0);
        said(power + 26, node, "initrd-network", 6);
        said(power + 30, node, "root", 10);
        said(power + 40, node, "k0s", 20);
    }

    /** A controller and a worker that has to wait for it. */
    private void twoNodes() {
        phase("host", 0, 1);
        events.add(new Event.PhaseStarted(at(1), "power", "switch on"));
        events.add(new Event.Planned(
                at(1),
                "demo",
                "TCG",
                "debian",
                List.of(
                        new Event.PlannedNode("cp", "controller+worker", "pxe", "10.77.0.11"),
                        new Event.PlannedNode("w1", "worker", "pxe", "10.77.0.12"))));
        boot("cp", 2);
        boot("w1", 2);
        events.add(new Event.PhaseDone(at(3), "power", seconds(2), "2 nodes"));
        phase("kubeconfig", 45, 60);
        said(90, "cp", "joined", 0);
        said(95, "cp", "ready", 0);
        said(100, "w1", "joined", 0);
        said(120, "w1", "ready", 0);
        phase("ready", 60, 130);
    }

    private LabRun read() {
        return RunReader.last(events, Instant.MAX).orElseThrow();
    }

    @Test
    void aNodesStagesLieEndToEndAndTheKernelBeganWhereItsOwnClockPutsIt() {
        twoNodes();

        NodeRun cp = read().node("cp").orElseThrow();

        assertThat(cp.spans())
                .extracting(Span::stage)
                .containsExactly(Stage.FIRMWARE, Stage.KERNEL, Stage.ROOTFS, Stage.INIT, Stage.K0S, Stage.READY);
        assertThat(cp.in(Stage.FIRMWARE)).isEqualTo(seconds(20));
        assertThat(cp.in(Stage.KERNEL)).isEqualTo(seconds(6));
        assertThat(cp.took()).contains(seconds(93));
        assertThat(cp.spans().getFirst().evidence()).contains("20.0 s  pxe");
    }

    @Test
    void theSlowestPathGoesThroughTheControllerThatTheLastNodeWaitedFor() {
        twoNodes();

        assertThat(CriticalPath.of(read()))
                .extracting(step -> step.node() + " " + step.what() + " "
                        + step.from().toSeconds() + "-" + step.to().toSeconds())
                .containsExactly(
                        " host 0-1",
                        " power 1-2",
                        "cp firmware 2-22",
                        "cp kernel 22-28",
                        "cp rootfs 28-32",
                        "cp init 32-42",
                        "cp k0s 42-60",
                        "w1 k0s 60-100",
                        "w1 Ready 100-120",
                        " ready 120-130");
    }

    @Test
    void aClockThatIsWrongShowsAndMovesNothing() {
        twoNodes();
        events.add(new Event.ClockRead(at(28), "w1", at(28 - 7200)));

        assertThat(read().node("w1").orElseThrow().clockAhead()).contains(Duration.ofHours(-2));
        assertThat(read().node("w1").orElseThrow().took()).contains(seconds(118));
    }

    @Test
    void anUptimeThatCannotBeIsNotBelieved() {
        twoNodes();
        events.replaceAll(
                event -> event instanceof Event.Milestone said && said.name().equals("initrd-network")
                        ? new Event.Milestone(said.at(), said.node(), said.name(), "", Duration.ofDays(3))
                        : event);

        assertThat(read().node("cp").orElseThrow().spans())
                .allMatch(span -> !span.took().isNegative());
    }

    private void restore(double from) {
        events.add(new Event.PhaseStarted(at(from), "restore", "go on"));
        events.add(new Event.Planned(
                at(from + 1),
                "demo",
                "TCG",
                "debian",
                List.of(new Event.PlannedNode("cp", "single", "direct", "10.77.0.11"))));
        events.add(new Event.Lifecycle(at(from + 1.5), "cp", "started", "restored"));
        said(from + 3, "cp", "restored", 0);
    }

    @Test
    void aNodeThatWasRestoredIsReadyOnceItsLeaseIsRenewed() {
        phase("host", 0, 1);
        restore(1);
        said(5, "cp", "ready", 0);
        events.add(new Event.PhaseDone(at(5), "restore", seconds(4), "golden of 1 Jan"));
        phase("smoke", 5, 9);

        LabRun run = read();
        NodeRun cp = run.node("cp").orElseThrow();

        assertThat(cp.spans()).extracting(Span::stage).containsExactly(Stage.RESTORE);
        assertThat(cp.took()).contains(seconds(3));
        assertThat(run.ready()).contains(seconds(5));
        assertThat(CriticalPath.of(run))
                .extracting(step -> step.node() + " " + step.what())
                .containsExactly(" host", " restore", "cp restore", " smoke");
        assertThat(RunChecks.of(run)).allMatch(Event.Checked::passed).anySatisfy(check -> {
            assertThat(check.check()).isEqualTo("cp is Ready");
            assertThat(check.evidence()).isEqualTo("restore 3.0 s");
        });
        assertThat(new Gantt(run, Optional.empty()).view().legend())
                .extracting(GanttView.Legend::title)
                .contains("restore")
                .doesNotContain("firmware");
    }

    @Test
    void oneThatDidNotComeBackToLifeBootsAfterThat() {
        phase("host", 0, 1);
        restore(1);
        events.add(new Event.PhaseDone(at(61), "restore", seconds(60), "it boots cold: the API does not answer"));
        events.add(new Event.PhaseStarted(at(61), "power", "switch on"));
        boot("cp", 62);
        events.add(new Event.PhaseDone(at(63), "power", seconds(2), "1 node"));
        said(150, "cp", "ready", 0);
        phase("ready", 63, 160);

        NodeRun cp = read().node("cp").orElseThrow();

        assertThat(cp.spans())
                .extracting(Span::stage)
                .containsExactly(Stage.RESTORE, Stage.FIRMWARE, Stage.KERNEL, Stage.ROOTFS, Stage.INIT, Stage.K0S);
        assertThat(cp.in(Stage.RESTORE)).isEqualTo(seconds(59));
        assertThat(cp.in(Stage.FIRMWARE)).isEqualTo(seconds(20));
        assertThat(cp.ready()).contains(seconds(150));
    }

    @Test
    void aFailureEndsTheRunAndWhatTakesItDownIsNoPartOfIt() {
        phase("host", 0, 1);
        events.add(new Event.PhaseStarted(at(1), "power", "switch on"));
        events.add(new Event.Planned(
                at(1), "demo", "KVM", "debian", List.of(new Event.PlannedNode("cp", "single", "pxe", "10.77.0.11"))));
        events.add(new Event.Lifecycle(at(2), "cp", "started", "booted"));
        events.add(new Event.PhaseDone(at(2), "power", seconds(1), "1 node"));
        events.add(new Event.PhaseStarted(at(2), "ssh", "wait"));
        events.add(new Event.PhaseFailed(at(50), "ssh", seconds(48), "cp", "SSH failed", "panic", "more memory"));
        phase("down", 50, 55);

        LabRun run = read();

        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.took()).isEqualTo(seconds(50));
        assertThat(run.phases()).extracting(PhaseSpan::phase).containsExactly("host", "power", "ssh");
        assertThat(run.node("cp").orElseThrow().last())
                .hasValueSatisfying(span -> assertThat(span.open()).isTrue());
        assertThat(RunChecks.of(run)).filteredOn(check -> !check.passed()).hasSize(2);
    }

    @Test
    void aRunThatGoesOnLastsUntilNowAndOneThatWasKilledUntilItsLastWord() {
        phase("host", 0, 1);
        events.add(new Event.PhaseStarted(at(1), "image", "build"));

        assertThat(RunReader.last(events, at(30)).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(RunReader.last(events, at(30)).orElseThrow().took()).isEqualTo(seconds(30));
        assertThat(RunReader.last(events, at(7200)).orElseThrow().state()).isEqualTo(State.CUT_OFF);
        assertThat(RunReader.last(events, at(7200)).orElseThrow().took()).isEqualTo(seconds(1));
    }

    @Test
    void anUpThatFoundNothingToDoDoesNotHideTheOneThatDid() {
        twoNodes();
        events.add(new Event.PhaseStarted(at(500), "host", "look"));
        events.add(new Event.PhaseDone(at(501), "host", seconds(1), ""));

        assertThat(read().took()).isEqualTo(seconds(130));
    }

    @Test
    void whatLaterCommandsDoIsNoPartOfIt() {
        twoNodes();
        phase("stop", 500, 510);
        phase("start", 600, 700);
        phase("ready", 700, 720);

        assertThat(read().took()).isEqualTo(seconds(130));
        assertThat(read().phases())
                .extracting(PhaseSpan::phase)
                .containsExactly("host", "power", "kubeconfig", "ready");
    }

    @Test
    void oneThatWasKilledIsCutOffOnceAnotherCommandBegins() {
        twoNodes();
        events.add(new Event.PhaseStarted(at(140), "golden", "keep it"));
        events.add(new Event.PhaseStarted(at(150), "stop", "switch off"));

        assertThat(RunReader.last(events, at(151)).orElseThrow().state()).isEqualTo(State.CUT_OFF);
    }

    @Test
    void aLabThatIsGoneIsToldFromItsArchiveWhichKeepsFiveRuns() {
        RunArchive archive = new RunArchive(folder, "demo");
        twoNodes();
        for (int day = 0; day < 7; day++) {
            Duration later = Duration.ofDays(day);
            archive.keep(EventLogs.later(events, later));
        }

        RunHistory history =
                RunHistory.read(archive, List.of(folder.resolve("gone.jsonl"))).orElseThrow();

        assertThat(archive.runs()).hasSize(5);
        assertThat(history.isGone()).isTrue();
        assertThat(history.run().start()).isEqualTo(NOON.plus(Duration.ofDays(6)));
        assertThat(history.before()).map(LabRun::start).contains(NOON.plus(Duration.ofDays(5)));
    }

    @Test
    void nothingIsReportedWhereNothingRan() {
        assertThat(RunReader.last(List.of(), NOON)).isEmpty();
        assertThat(RunHistory.read(new RunArchive(folder, "demo"), List.of())).isEmpty();
    }

    @Test
    void aRealRunIsReadWhole() {
        LabRun run = Recorded.run();

        assertThat(run.nodes()).extracting(NodeRun::name).containsExactly("cp", "w1");
        assertThat(run.nodes()).allSatisfy(node -> {
            assertThat(node.ready()).isPresent();
            assertThat(node.spans()).hasSize(6);
            assertThat(node.clockAhead().orElseThrow().abs()).isLessThan(Duration.ofSeconds(5));
        });
    }
}
