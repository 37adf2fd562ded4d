package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vmlab.run.Event;
import vmlab.run.Run;

class StepsTest {

    private final List<String> said = new ArrayList<>();
    private final Steps steps = new Steps("k0s", new Run(event -> said.add(text(event))));

    private static String text(Event event) {
        return switch (event) {
            case Event.Waiting waiting -> waiting.what() + ": " + waiting.why();
            case Event.Noted noted -> noted.text();
            default -> event.toString();
        };
    }

    @Test
    void aThousandLinesOfTalkAreTwoSteps() {
        steps.take("steps: 2");
        steps.take("step: build containerd");
        for (int i = 0; i < 1000; i++) {
            steps.take("go: downloading example.org/module v1.0." + i);
        }
        steps.take("step: build k0s");
        assertThat(said).containsExactly("k0s: step 1 of 2, build containerd", "k0s: step 2 of 2, build k0s");
        assertThat(steps.step()).isEqualTo("build k0s");
    }

    @Test
    void aSignOfLifeSaysHowLongAndWhatWasSaidLast() {
        steps.tick();
        steps.take("step: packages");
        steps.take("Get:1 base-files");
        steps.tick();
        assertThat(said.getFirst()).startsWith("k0s: it starts, for 0.");
        assertThat(said.getLast()).startsWith("k0s: step 1, packages, for 0.").endsWith("s: Get:1 base-files");
    }

    @Test
    void onlyWhatTheScriptMeansAsItsStepsIsTakenForThem() {
        steps.take("the next step: none");
        steps.take("done: 3.1M vmlinuz");
        assertThat(said).containsExactly("done: 3.1M vmlinuz");
        assertThat(Steps.isOne("step: x")).isTrue();
        assertThat(Steps.isOne("E: no step: x")).isFalse();
    }
}
