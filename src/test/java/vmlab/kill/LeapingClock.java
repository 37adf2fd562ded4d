package vmlab.kill;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes forward by what is waited for, in no time. */
final class LeapingClock extends Clock {

    private Duration ahead = Duration.ZERO;

    /** As a run lets time pass. */
    synchronized void leap(Duration length) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        ahead = ahead.plus(length);
    }

    @Override
    public synchronized Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
