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

        assertThat(events)
                .filteredOn(Event.Waiting.class::isInstance)
                .extracting(e -> ((Event.Waiting) e).why())
                .containsExactly("firmware", "kernel");
    }

    @Test
    void howeverItEndsTheLooksAreCounted() throws InterruptedException {
        Iterator<Reading<String>> looks = List.<Reading<String>>of(new NotYet<>("firmware"), new Ready<>("yes"))
                .iterator();
        await(Duration.ofSeconds(5)).<String>until(looks::next);
        assertThatThrownBy(() -> await(Duration.ofHours(1)).until(() -> new Never<>("kernel panic", "more memory")))
                .isInstanceOf(LabFailure.class);

        assertThat(events)
                .filteredOn(Event.Looked.class::isInstance)
                .extracting(e -> ((Event.Looked) e).looks())
                .containsExactly(2, 1);
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
                    assertThat(failure.what()).matches("timed out after \\d+ s waiting for SSH");
                    assertThat(failure.why()).contains("no DHCP offer");
                });
    }

    @Test
    void looksLessOftenTheLongerItTakes() {
        Waiter quick = run.await("cp", "SSH", Duration.ofMinutes(15));
        Duration look = Duration.ofMillis(2);

        assertThat(quick.pause(Duration.ofSeconds(1), look)).isEqualTo(Duration.ofMillis(500));
        assertThat(quick.pause(Duration.ofSeconds(25), look)).isEqualTo(Duration.ofMillis(500));
        assertThat(quick.pause(Duration.ofSeconds(60), look)).isEqualTo(Duration.ofMillis(1200));
        assertThat(quick.pause(Duration.ofMinutes(5), look)).isEqualTo(Duration.ofSeconds(6));
        assertThat(quick.pause(Duration.ofHours(1), look)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aLookThatTookLongIsFollowedByAPauseAsLong() {
        Waiter quick = run.await("cp", "SSH", Duration.ofMinutes(15));

        assertThat(quick.pause(Duration.ofSeconds(5), Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(4));
        assertThat(quick.pause(Duration.ofSeconds(20), Duration.ofSeconds(15))).isEqualTo(Duration.ofSeconds(10));
        assertThat(quick.every(Duration.ofSeconds(30)).pause(Duration.ofSeconds(20), Duration.ofSeconds(15)))
                .as("a pause that was asked for is not cut")
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void slowLooksLeaveAsMuchTimeAsTheyTake() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(600).toNanos();

        await(Duration.ofSeconds(30)).until(() -> {
            Thread.sleep(50);
            return System.nanoTime() > end ? new Ready<>("yes") : new NotYet<>("it starves");
        });

        assertThat(events.getLast()).isInstanceOfSatisfying(Event.Looked.class, wait -> {
            assertThat(wait.what()).isEqualTo("SSH");
            assertThat(wait.looks()).isBetween(2, 8);
        });
    }

    @Test
    void theLastLookIsAtTheDeadlineNotLongAfterIt() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> run.await("cp", "SSH", Duration.ofMillis(300))
                        .every(Duration.ofSeconds(20))
                        .until(() -> new NotYet<>("no DHCP offer")))
                .isInstanceOf(LabFailure.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void anInterruptionEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> await(Duration.ofHours(1)).until(() -> new NotYet<>("…")))
                .isInstanceOf(InterruptedException.class);
    }
}
