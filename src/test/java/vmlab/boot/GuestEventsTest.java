package vmlab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vmlab.run.Event;

class GuestEventsTest {

    private final List<Event> events = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final GuestEvents guests = new GuestEvents(events::add, new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void aNodeThatAsksInALoopFillsNoDiskAndOneLineSaysSo() {
        asks("cp", 1_000_000);

        assertThat(events).hasSize(GuestEvents.MOST + 1);
        assertThat(events.getLast()).isInstanceOfSatisfying(Event.Noted.class, note -> assertThat(note.text())
                .isEqualTo("cp: more than 600 requests at once: those that follow are not recorded for 10 min"));
    }

    @Test
    void onceThereIsRoomAgainALineSaysHowMuchIsMissing() {
        asks("cp", GuestEvents.MOST + 42);
        events.clear();

        now = now.plus(GuestEvents.PACE.multipliedBy(GuestEvents.ROOM - 1));
        asks("cp", 1);
        assertThat(events).isEmpty();

        now = now.plus(GuestEvents.PACE);
        asks("cp", 1);
        assertThat(events).hasSize(2).first().isInstanceOfSatisfying(Event.Noted.class, note -> assertThat(note.text())
                .isEqualTo("cp: 43 requests were not recorded"));
    }

    @Test
    void whatOneNodeDoesCostsNoOtherAndNothingOfAnotherKind() {
        asks("cp", GuestEvents.MOST + 1);
        events.clear();

        asks("w", 1);
        guests.emit("cp", "milestones", new Event.Milestone(now, "cp", "ready", ""));

        assertThat(events).hasSize(2);
    }

    private void asks(String node, int times) {
        IntStream.range(0, times)
                .forEach(_ ->
                        guests.emit(node, "requests", new Event.Served(now, node, "/x", 404, 0, Duration.ofMillis(1))));
    }
}
