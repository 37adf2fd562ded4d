package vmlab.suite.own;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vmlab.run.CheckResult;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Outcome;
import vmlab.run.Pace;
import vmlab.run.Printable;
import vmlab.run.Program;
import vmlab.spec.InvalidValue;
import vmlab.spec.Timeouts;

/**
 * One check of the user's: a program that exits with 0 where it holds, with 77 where it does not apply, and otherwise fails. The end of
 * what it writes is the evidence. It runs in the folder that it lies in, with facts about the lab in its environment. A line
 * {@code # limit: 10m} among its first ones says how long it may take; three minutes otherwise, as long as a smoke check.
 *
 * <p>One that writes {@code NODE MARK} into the file {@code $LAB_REBOOT} and exits with 0 is run again, with {@code $LAB_MARK} set, when
 * that node has rebooted and the cluster is Ready again.
 *
 * @param suite the folder's name
 * @param scratch a folder for what lab and a check tell each other
 */
public record OwnCheck(String suite, Path file, Map<String, String> facts, Path scratch) {

    /** Names the file in which a check asks for a reboot. */
    public static final String REBOOT = "LAB_REBOOT";

    private static final String MARK = "LAB_MARK";

    private static final int SKIP = 77;
    private static final int LINES = 20;
    private static final int MOST_REBOOTS = 10;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int HEAD = 10;
    private static final Pattern OWN_LIMIT = Pattern.compile("^\\W*limit: *(\\w+)\\s*$");
    private static final Pattern REQUEST = Pattern.compile("(\\S+)\\s+(\\S+)");

    /** Runs it; {@code reboots} is empty where nodes may not be rebooted. */
    public CheckResult run(Pace pace, Optional<Reboots> reboots) throws InterruptedException {
        Instant start = Instant.now();
        Outcome outcome = Outcome.FAILED;
        String evidence;
        try {
            String mark = "";
            Program.Said said = once(mark, pace);
            Optional<Matcher> request = request();
            for (int count = 0; said.isWell() && request.isPresent() && reboots.isPresent(); count++) {
                String node = request.get().group(1);
                if (count == MOST_REBOOTS) {
                    throw LabFailure.input(
                            "it asks for more than " + MOST_REBOOTS + " reboots",
                            "the last one of " + node + ", with mark " + mark,
                            "let it look at $" + MARK + ", which is set when it runs again");
                }
                mark = request.get().group(2);
                reboots.get().reboot(node);
                said = once(mark, pace);
                request = request();
            }
            evidence = end(said.text());
            if (said.isWell() && request.isPresent()) {
                outcome = Outcome.SKIPPED;
                evidence = "skipped: it asks for a reboot of " + request.get().group(1);
            } else if (said.isWell()) {
                outcome = Outcome.PASSED;
            } else if (said.exit() == SKIP) {
                outcome = Outcome.SKIPPED;
                evidence = ("skipped: " + evidence).strip();
            } else {
                evidence = ("exit " + said.exit() + "\n" + evidence).strip();
            }
        } catch (LabFailure failure) {
            evidence = failure.getMessage() + "\nnext: " + failure.next();
        } catch (IOException failure) {
            evidence = file + " can't be run: " + failure.getMessage();
        }
        return new CheckResult(suite, name(), outcome, Duration.between(start, Instant.now()), evidence);
    }

    /** The file's name without what comes after its last dot. */
    private String name() {
        return file.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "");
    }

    private Program.Said once(String mark, Pace pace) throws IOException, InterruptedException {
        Files.deleteIfExists(requested());
        ProcessBuilder process =
                Environment.process(file.toString()).directory(file.getParent().toFile());
        process.environment().putAll(facts);
        process.environment().put(REBOOT, requested().toString());
        process.environment().put(MARK, mark);
        return new Program(process, pace.of(limit())).run();
    }

    private Path requested() {
        return scratch.resolve("reboot");
    }

    private Optional<Matcher> request() throws IOException {
        if (!Files.exists(requested())) {
            return Optional.empty();
        }
        String text = Files.readString(requested()).strip();
        Matcher request = REQUEST.matcher(text);
        if (!request.matches()) {
            throw LabFailure.input(
                    "it wrote '" + Printable.text(text) + "' into $" + REBOOT,
                    "a node and a mark belong there",
                    "write, for example, \"cp again\"");
        }
        return Optional.of(request);
    }

    private Duration limit() throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            Optional<String> own = lines.limit(HEAD)
                    .map(OWN_LIMIT::matcher)
                    .filter(Matcher::matches)
                    .map(match -> match.group(1))
                    .findFirst();
            return own.map(Timeouts::parse).orElse(LIMIT);
        } catch (InvalidValue wrong) {
            throw LabFailure.input("its limit is none: " + wrong.what(), "in " + file, wrong.valid());
        }
    }

    private static String end(String text) {
        List<String> lines = text.lines().map(Printable::text).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
