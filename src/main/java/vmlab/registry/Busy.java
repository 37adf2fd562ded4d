package vmlab.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import vmlab.run.Reading;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;

/** A registry that answered that it is busy, and is asked again a few times. */
final class Busy {

    private static final Set<Integer> STATUSES = Set.of(429, 502, 503, 504);
    private static final int MOST = 3;
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private HttpResponse<InputStream> answer;
    private int asked = -1;

    /** From its first answer. */
    Busy(HttpResponse<InputStream> answer) {
        this.answer = answer;
    }

    /** Asks once more. */
    interface Question {
        HttpResponse<InputStream> ask() throws InterruptedException;
    }

    /** The last answer. */
    HttpResponse<InputStream> answer() {
        return answer;
    }

    /** Whether it is busy, and not for longer than anybody wants to wait. */
    boolean passesSoon() {
        return isBusy() && pause().compareTo(LONGEST) <= 0;
    }

    private boolean isBusy() {
        return STATUSES.contains(answer.statusCode());
    }

    /** For how long it says so; a day that it names is taken for one that is far. */
    Duration pause() {
        return answer.headers()
                .firstValue("Retry-After")
                .map(after -> after.matches("[0-9]{1,6}")
                        ? Duration.ofSeconds(Math.max(Long.parseLong(after), 1))
                        : ChronoUnit.FOREVER.getDuration())
                .orElse(SHORT);
    }

    /** A look at it; the first one sees the answer that there is. */
    Reading<HttpResponse<InputStream>> look(Question again) throws InterruptedException {
        if (asked >= 0) {
            close();
            answer = again.ask();
        }
        asked++;
        return passesSoon() && asked < MOST
                ? new NotYet<>("it answers " + answer.statusCode() + ", again in " + pause().toSeconds() + " s")
                : new Ready<>(answer);
    }

    private void close() {
        try {
            answer.body().close();
        } catch (IOException ended) {
            // Nobody reads it any more.
        }
    }
}
