package vmlab.suite.conformance;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vmlab.run.Outcome;

/**
 * The log that e2e.test writes with {@code -ginkgo.v}, line by line. A spec is a block between two rules: its name with its labels, what
 * it does, a line that says how it ended, and after a failure what failed. When a spec fails, the framework writes the events and pods of
 * its namespace in between. One that was interrupted has not ended.
 */
final class GinkgoLog {

    private static final String RULE = "-".repeat(30);
    private static final Pattern END =
            Pattern.compile("(?:[•SP]!?|\\[\\w+]) ?(?:\\[(?<how>[A-Z ]+)] )?\\[(?<seconds>[0-9.]+) seconds].*");
    private static final Pattern LABELS = Pattern.compile(" \\[[^\\[\\]]*]$");
    private static final Pattern EVENT = Pattern.compile(".*?\\] At (.* - event for .*)");
    private static final Pattern KLOG = Pattern.compile("^\\s*[IWE]\\d{4} \\S+ +\\d+ [\\w.]+:\\d+] ?");
    private static final Pattern PODS = Pattern.compile("POD +NODE +PHASE.*");
    private static final int MOST_LINES = 15;
    private static final int MOST_EVENTS = 12;
    private static final int MOST_PODS = 8;

    private final Set<String> known;
    private final Consumer<Spec> ended;
    private String running = "";
    private String first = "";
    private Optional<Matcher> end = Optional.empty();
    private boolean isNew = true;
    private boolean inPods;
    private final List<String> events = new ArrayList<>();
    private final List<String> pods = new ArrayList<>();
    private final List<String> why = new ArrayList<>();
    private final List<String> around = new ArrayList<>();

    /** Tells {@code ended} of each spec among {@code known}. */
    GinkgoLog(Set<String> known, Consumer<Spec> ended) {
        this.known = known;
        this.ended = ended;
    }

    /** The spec that runs; empty between two. */
    String running() {
        return running;
    }

    /** What failed before or after the specs, such as a cluster that is none: the failed block's own words. */
    List<String> failedAround() {
        return List.copyOf(around);
    }

    /** Takes a line. */
    void take(String line) {
        if (line.equals(RULE)) {
            close();
            isNew = true;
        } else if (isNew) {
            isNew = false;
            first = line;
            String name = LABELS.matcher(line).replaceFirst("");
            running = known.contains(name) ? name : "";
        } else if (end.isPresent()) {
            why.add(line);
        } else {
            body(line);
        }
    }

    private void body(String line) {
        Matcher how = END.matcher(line);
        if (how.matches()) {
            end = Optional.of(how);
            if (how.group("how") == null) {
                close();
            }
            return;
        }
        Matcher event = EVENT.matcher(line);
        if (event.matches()) {
            add(events, event.group(1), MOST_EVENTS);
        }
        String words = KLOG.matcher(line).replaceFirst("").strip();
        boolean isHead = PODS.matcher(words).matches();
        if (isHead || inPods && !words.isEmpty()) {
            add(pods, words, MOST_PODS);
        }
        inPods = isHead || inPods && !words.isEmpty();
    }

    /** Of events the last are the ones that explain. */
    private static void add(List<String> lines, String line, int most) {
        lines.add(line);
        if (lines.size() > most) {
            lines.removeFirst();
        }
    }

    private void close() {
        if (end.isPresent()) {
            String how = String.valueOf(end.get().group("how"));
            if (!running.isEmpty() && !how.equals("INTERRUPTED")) {
                ended.accept(spec(end.get()));
            } else if (running.isEmpty() && how.equals("FAILED")) {
                around.add(first);
                around.addAll(reason());
            }
        }
        running = "";
        end = Optional.empty();
        inPods = false;
        Stream.of(events, pods, why).forEach(List::clear);
    }

    private Spec spec(Matcher how) {
        Duration took = Duration.ofMillis(
                new BigDecimal(how.group("seconds")).movePointRight(3).longValue());
        Outcome outcome =
                switch (String.valueOf(how.group("how"))) {
                    case "null", "PASSED", "FLAKEY" -> Outcome.PASSED;
                    case "SKIPPED", "PENDING" -> Outcome.SKIPPED;
                    default -> Outcome.FAILED;
                };
        return new Spec(running, outcome, took, outcome == Outcome.PASSED ? "" : evidence());
    }

    private String evidence() {
        return String.join(
                "\n",
                Stream.of(reason().stream(), pods.stream(), events.stream())
                        .flatMap(lines -> lines)
                        .toList());
    }

    /** Without the name and the place, which come first. */
    private List<String> reason() {
        return why.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .skip(2)
                .limit(MOST_LINES)
                .toList();
    }
}
