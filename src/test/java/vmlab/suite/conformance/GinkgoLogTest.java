package vmlab.suite.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vmlab.run.Outcome;

class GinkgoLogTest {

    private static final String RULE = "-".repeat(30) + "\n";
    private static final String LABELS = " [sig-a, Conformance]\n";
    private static final String FIRST = "[sig-a] First [Serial] should do [Conformance]";
    private static final String SECOND = "[sig-a] Second should do [Conformance]";

    private final List<Spec> ended = new ArrayList<>();
    private final GinkgoLog log = new GinkgoLog(Set.of(FIRST, SECOND), ended::add);

    private void take(String text) {
        text.lines().forEach(log::take);
    }

    @Test
    void aSpecThatPassedIsToldAtOnce() {
        take("SSSSSS\n" + RULE + FIRST + LABELS + "k8s.io/a.go:5\n  STEP: [FAILED] is a word @ 11/27/26\n");

        assertThat(log.running()).isEqualTo(FIRST);
        take("• [61.250 seconds]");
        assertThat(ended).containsExactly(new Spec(FIRST, Outcome.PASSED, Duration.ofMillis(61250), ""));
        take(RULE);
        assertThat(log.running()).isEmpty();
        assertThat(ended).hasSize(1);
    }

    @Test
    void oneThatFailedTellsItsOwnLinesItsPodsAndItsEvents() {
        take(RULE + FIRST + LABELS + """
                k8s.io/a.go:5
                  STEP: asking @ 11/27/26 12:00:01
                  I1127 12:00:02.1   77 dump.go:53] At 2026-11-27 12:00:00 +0000 UTC - event for web: {kubelet cp} Failed: no such image
                  I1127 12:00:02.2   77 resource.go:151] POD  NODE  PHASE    GRACE  CONDITIONS
                  I1127 12:00:02.3   77 resource.go:158] web  cp    Pending         [{Ready False}]
                  I1127 12:00:02.4   77 resource.go:161]
                  I1127 12:00:02.5   77 dump.go:134] Container of kube-system
                • [FAILED] [0.667 seconds]
                [sig-a] First [It] should do [Conformance] [sig-a, Conformance]
                k8s.io/a.go:5

                  [FAILED] expected a pod that runs
                  In [It] at: k8s.io/a.go:9 @ 11/27/26 12:00:02
                """);
        assertThat(ended).isEmpty();
        take(RULE);

        Spec spec = ended.getFirst();
        assertThat(spec.name()).isEqualTo(FIRST);
        assertThat(spec.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(spec.evidence()).isEqualTo("""
                [FAILED] expected a pod that runs
                In [It] at: k8s.io/a.go:9 @ 11/27/26 12:00:02
                POD  NODE  PHASE    GRACE  CONDITIONS
                web  cp    Pending         [{Ready False}]
                2026-11-27 12:00:00 +0000 UTC - event for web: {kubelet cp} Failed: no such image""");
    }

    @Test
    void nothingOfOneSpecIsToldOfTheNext() {
        take(RULE + FIRST + LABELS + "k8s.io/a.go:5\n  I1127 1 77 d.go:53] At 1 - event for web: {k} Failed\n");
        take("• [1.000 seconds]\n" + RULE + "SSSS\n" + RULE + SECOND + LABELS + "k8s.io/a.go:7\n");
        take("• [TIMEDOUT] [3.000 seconds]\nname\nplace\n  [TIMEDOUT] too long\n" + RULE);

        assertThat(ended).extracting(Spec::outcome).containsExactly(Outcome.PASSED, Outcome.FAILED);
        assertThat(ended.getLast().evidence()).isEqualTo("[TIMEDOUT] too long");
    }

    @Test
    void oneThatIsSkippedSaysWhy() {
        take(RULE + FIRST + LABELS + "k8s.io/a.go:5\nS [SKIPPED] [0.020 seconds]\nname\nplace\n\n  [SKIPPED] one node\n"
                + RULE);

        assertThat(ended)
                .containsExactly(new Spec(FIRST, Outcome.SKIPPED, Duration.ofMillis(20), "[SKIPPED] one node"));
    }

    @Test
    void oneThatWasInterruptedHasNotEnded() {
        take(RULE + FIRST + LABELS
                + "k8s.io/a.go:5\n• [INTERRUPTED] [2.000 seconds]\nname\nplace\n\n  [INTERRUPTED] by user\n" + RULE);

        assertThat(ended).isEmpty();
        assertThat(log.failedAround()).isEmpty();
    }

    @Test
    void whatFailsBeforeTheSpecsIsKept() {
        take(RULE + "[SynchronizedBeforeSuite] \nk8s.io/e2e.go:69\n  waiting\n"
                + "[SynchronizedBeforeSuite] [FAILED] [60.003 seconds]\n[SynchronizedBeforeSuite]\nk8s.io/e2e.go:69\n\n"
                + "  [FAILED] connection refused\n" + RULE + "[ReportAfterSuite] Log\nk8s.io/x.go:1\n"
                + "[ReportAfterSuite] PASSED [0.000 seconds]\n" + RULE);

        assertThat(ended).isEmpty();
        assertThat(log.failedAround()).containsExactly("[SynchronizedBeforeSuite] ", "[FAILED] connection refused");
    }
}
