package vmlab.diagnose;

import static vmlab.run.MilestoneName.INIT;
import static vmlab.run.MilestoneName.INITRD;
import static vmlab.run.MilestoneName.INITRD_NETWORK;
import static vmlab.run.MilestoneName.K0S;
import static vmlab.run.MilestoneName.NETWORK;
import static vmlab.run.MilestoneName.ROOT;
import static vmlab.run.MilestoneName.SSHD;
import static vmlab.run.MilestoneName.STATE;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vmlab.run.Event;
import vmlab.run.MilestoneName;

/** Looks for one cause in the evidence; what it finds is the line, or the fact, that proves it. */
@FunctionalInterface
interface Detector {

    /** After this the node has a system, and whatever stood on its console before is past. */
    Pattern UP = Pattern.compile("lab: " + SSHD + "\\b");

    /** How the image's services say that they got further. */
    Pattern PROGRESS = Pattern.compile("lab: ("
            + Stream.of(INITRD, INITRD_NETWORK, ROOT, INIT, NETWORK, STATE, SSHD, K0S)
                    .map(MilestoneName::toString)
                    .collect(Collectors.joining("|"))
            + ")\\b(?!-)");

    /** The API counts the node as Ready. */
    Detector READY =
            evidence -> lastLine(evidence.text(Source.CLUSTER), Pattern.compile("^node \\S+ is Ready\\b"), null);

    /** Kubelet tells of events that the API did not take: a worker's first ones never are, and each may quote anything. */
    String NO_REFUSED_EVENT = "^(?!.*Server rejected event).*";

    /** The proof, where there is one. */
    Optional<String> find(Evidence evidence);

    /**
     * A line of a log that matches. What a node got over proves nothing: on the console a line after which it came up all the same, in k0s's
     * log any line of a node that is Ready now, for that log goes back to when it joined.
     */
    static Detector said(Source source, String regex) {
        Pattern sign = Pattern.compile(source == Source.K0S ? NO_REFUSED_EVENT + "(?:" + regex + ")" : regex);
        Detector line = evidence -> lastLine(evidence.text(source), sign, source == Source.CONSOLE ? UP : null);
        return source == Source.K0S ? line.unless(READY) : line;
    }

    /** A line on the console that matches and after which the node did not say {@code step}; other services go on meanwhile. */
    static Detector instead(MilestoneName step, String regex) {
        Pattern sign = Pattern.compile(regex);
        Pattern past = Pattern.compile("lab: " + step + "\\b(?!-)");
        return evidence -> lastLine(evidence.text(Source.CONSOLE), sign, past);
    }

    /** A line on the console that matches and after which the node got no further. */
    static Detector stuckAt(String regex) {
        Pattern sign = Pattern.compile(regex);
        return evidence -> lastLine(evidence.text(Source.CONSOLE), sign, PROGRESS);
    }

    /** The same, said at least {@code times} times in a row: the node goes on trying, and trying does not help. */
    static Detector stuckAgain(int times, String regex) {
        Pattern sign = Pattern.compile(regex);
        return evidence -> {
            List<String> said = evidence.text(Source.CONSOLE)
                    .lines()
                    .filter(line ->
                            sign.matcher(line).find() || PROGRESS.matcher(line).find())
                    .toList();
            boolean stuck = said.size() >= times
                    && said.subList(said.size() - times, said.size()).stream()
                            .allMatch(line -> sign.matcher(line).find());
            return stuck ? Optional.of(said.getLast().strip()) : Optional.empty();
        };
    }

    /** A milestone of this name whose text matches, when it is the last of its name. */
    static Detector milestone(MilestoneName name, String regex) {
        Pattern sign = Pattern.compile(regex);
        return evidence -> evidence.events(Event.Milestone.class)
                .filter(said -> said.is(name))
                .reduce((earlier, later) -> later)
                .filter(said -> sign.matcher(said.text()).find())
                .map(said -> "it said: " + said.name() + " " + said.text());
    }

    /** A request of the node's that was answered with {@code status}. */
    static Detector served(int status, String pathRegex) {
        Pattern path = Pattern.compile(pathRegex);
        return evidence -> evidence.events(Event.Served.class)
                .filter(served -> path.matcher(served.path()).find())
                .reduce((earlier, later) -> later)
                .filter(served -> served.status() == status)
                .map(served -> "the boot server answered " + served.path() + " with " + status);
    }

    /** A fact of the evidence as a whole. */
    static Detector fact(Predicate<Evidence> holds, String proof) {
        return evidence -> holds.test(evidence) ? Optional.of(proof) : Optional.empty();
    }

    /** This, or else the other. */
    default Detector or(Detector other) {
        return evidence -> find(evidence).or(() -> other.find(evidence));
    }

    /** This, if the other finds something too. */
    default Detector and(Detector other) {
        return evidence -> other.find(evidence).flatMap(also -> find(evidence));
    }

    /** This, unless the other finds something. */
    default Detector unless(Detector other) {
        return evidence -> other.find(evidence).isPresent() ? Optional.empty() : find(evidence);
    }

    private static Optional<String> lastLine(String text, Pattern sign, @Nullable Pattern past) {
        List<String> lines = text.lines().map(String::strip).toList();
        for (String line : lines.reversed()) {
            if (past != null && past.matcher(line).find()) {
                return Optional.empty();
            }
            if (sign.matcher(line).find()) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }
}
