package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import vmlab.run.Reading.Never;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;

class WaiterTest {

    private final List<Event> events = new ArrayList<>();
    private final Run run = new Run(events::add);

    private Waiter await(Duration limit) {
        return run.await("cp", "SSH", limit).every(Duration.ofMillis(1));
    }

    @Test
    void returnsWhatIsReadyAndTellsEachReasonOnce() throws InterruptedException {
        Iterator<Reading<String>> looks = List.<Reading<String>>of(
                        new NotYet<>("firmware"), new NotYet<>("firmware"), new NotYet<>("kernel"), new Ready<>("yes"))
                .iterator();

        assertThat(await(Duration.ofSeconds(5)).<String>until(looks::next)).isEqualTo("yes");

        assertThat(events).extracting(e -> ((Event.Waiting) e).why()).containsExactly("firmware", "kernel");
    }

    @Test
    void endsAtOnceWhenItWillNeverCome() {
        assertThatThrownBy(() -> await(Duration.ofHours(1)).until(() -> new Never<>("kernel panic", "more memory")))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.node()).contains("cp");
                    assertThat(failure.why()).isEqualTo("kernel panic");
                    assertThat(failure.next()).isEqualTo("more memory");
                });
    }

    @Test
    void saysTheLastReasonWhenTheTimeIsUp() {
        assertThatThrownBy(() -> await(Duration.ofMillis(20)).until(() -> new NotYet<>("no DHCP offer")))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.what()).startsWith("SSH did not come within");
                    assertThat(failure.why()).contains("no DHCP offer");
                });
    }

    @Test
    void anInterruptionEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> await(Duration.ofHours(1)).until(() -> new NotYet<>("…")))
                .isInstanceOf(InterruptedException.class);
    }
}
