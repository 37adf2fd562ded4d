package vmlab.snapshot;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import vmlab.kube.Kubeconfig;
import vmlab.kube.RestoredLook;
import vmlab.run.Reading;
import vmlab.run.Waiter;

/**
 * The moment at which to let a cluster stand still: shortly before its nodes renew their leases, and not so shortly that one does it
 * meanwhile. A copy that goes on from there shows within a second or two that its kubelets live.
 */
final class LeaseMoment implements Waiter.Probe<Map<String, String>> {

    /** A kubelet renews its lease each quarter of the 40 s for which it is good (kubelet's NodeLeaseDurationSeconds). */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /** How old the lease is that is to be renewed first. */
    private static final Duration OLD = Duration.ofMillis(8_900);

    private static final Duration TOO_OLD = Duration.ofMillis(9_600);

    /** Asks the API when each lease was renewed last. */
    @FunctionalInterface
    interface Leases {
        Map<String, String> ask() throws IOException;
    }

    private final Leases api;
    private final InstantSource clock;

    /** Until the first of them is due nothing else happens to them: an emulated API is too slow to be asked at the very moment. */
    private Map<String, String> known = Map.of();

    LeaseMoment(Kubeconfig access) {
        this(() -> RestoredLook.leases(access), InstantSource.system());
    }

    LeaseMoment(Leases api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    /** When each lease was renewed last, at a good moment. */
    @Override
    public Reading<Map<String, String>> read() {
        try {
            if (known.isEmpty() || ages().stream().anyMatch(age -> age.compareTo(TOO_OLD) > 0)) {
                known = api.ask();
            }
            return isGood(ages())
                    ? new Reading.Ready<>(known)
                    : new Reading.NotYet<>("the next renewal is not due yet");
        } catch (DateTimeParseException never) {
            return new Reading.NotYet<>("a lease was never renewed");
        } catch (IOException silent) {
            return new Reading.NotYet<>("the API does not answer: " + silent.getMessage());
        }
    }

    private List<Duration> ages() {
        Instant now = clock.instant();
        return known.values().stream()
                .map(text -> Duration.between(Instant.parse(text), now))
                .toList();
    }

    /** Whether it is now that the last of them will be renewed soonest. */
    static boolean isGood(Collection<Duration> ages) {
        if (ages.isEmpty() || ages.stream().anyMatch(age -> age.compareTo(TOO_OLD) > 0)) {
            return false;
        }
        Duration oldest = ages.stream().max(Duration::compareTo).orElseThrow();
        return oldest.compareTo(OLD) >= 0
                && ages.stream().allMatch(first -> last(ages, oldest).compareTo(last(ages, first)) <= 0);
    }

    /** How long after the lease of this age the last of all is renewed. */
    private static Duration last(Collection<Duration> ages, Duration first) {
        return ages.stream()
                .map(age -> first.minus(age))
                .map(gap -> gap.isNegative() ? gap.plus(PERIOD) : gap)
                .max(Duration::compareTo)
                .orElseThrow();
    }
}
