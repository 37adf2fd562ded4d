package vmlab.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import vmlab.image.E2eTests;
import vmlab.plan.LabFolder;
import vmlab.run.Run;
import vmlab.spec.InvalidValue;
import vmlab.suite.ConformanceTests;
import vmlab.suite.conformance.Conformance;
import vmlab.suite.conformance.Mode;
import vmlab.suite.conformance.Selection;
import vmlab.suite.conformance.Selection.Earlier;
import vmlab.suite.conformance.Shard;

/** The options of {@code lab test} that are about the suite conformance alone. */
final class ConformanceOptions {

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "conformance: quick, the specs that need no image, or certified, all of them. Default: quick,"
                    + " and all with --focus.")
    private Optional<Mode> mode = Optional.empty();

    @Option(
            names = "--focus",
            paramLabel = "REGEX",
            converter = Expression.class,
            description = "conformance: only specs in whose name it is found.")
    private Optional<Pattern> focus = Optional.empty();

    @Option(
            names = "--skip",
            paramLabel = "REGEX",
            converter = Expression.class,
            description = "conformance: no specs in whose name it is found.")
    private Optional<Pattern> skip = Optional.empty();

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            converter = Part.class,
            description = "conformance: only the I-th of N parts, each for a lab of its own, such as a fork.")
    private Optional<Shard> shard = Optional.empty();

    /** The launcher's: it forks the lab, and gives each fork a {@code --shard}. */
    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "conformance: run on N forks of the lab, all at once, and take them down; wants --out.")
    private Optional<Integer> shards = Optional.empty();

    @Option(
            names = "--rebuilt-images",
            description = "conformance: use test images that lab builds, where nodes can't pull upstream's.")
    private boolean rebuilt;

    @Option(names = "--list", description = "conformance: print the names of the specs, run none.")
    private boolean list;

    @Option(names = "--resume", description = "conformance: go on with the run before, which was interrupted.")
    private boolean resume;

    @Option(names = "--rerun-failed", description = "conformance: run again what failed in the run before.")
    private boolean rerunFailed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "conformance: where e2e.log and junit_01.xml go. Default: conformance in the lab's folder.")
    private Optional<Path> out = Optional.empty();

    /** A regular expression. */
    static final class Expression implements ITypeConverter<Pattern> {

        @Override
        public Pattern convert(String text) {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException wrong) {
                throw new TypeConversionException("'" + text + "' is no regular expression: " + wrong.getDescription());
            }
        }
    }

    /** A part of a whole. */
    static final class Part implements ITypeConverter<Shard> {

        @Override
        public Shard convert(String text) {
            try {
                return Shard.parse(text);
            } catch (InvalidValue wrong) {
                throw new TypeConversionException(wrong.what() + "; " + wrong.valid());
            }
        }
    }

    /** Why these options can't be used with another suite; empty where none is given. */
    Optional<String> given() {
        boolean any = mode.isPresent()
                || focus.isPresent()
                || skip.isPresent()
                || shard.isPresent()
                || shards.isPresent()
                || rebuilt
                || list
                || resume
                || rerunFailed
                || out.isPresent();
        return any
                ? Optional.of(
                        "--mode, --focus, --skip, --shard, --rebuilt-images, --list, --resume, --rerun-failed and --out are for"
                                + " --suite conformance")
                : Optional.empty();
    }

    /** What contradicts each other; empty where nothing does. */
    Optional<String> contradiction() {
        if (resume && rerunFailed) {
            return Optional.of("--resume and --rerun-failed exclude each other");
        }
        boolean chosen = mode.isPresent() || focus.isPresent() || skip.isPresent() || shard.isPresent();
        return (resume || rerunFailed) && chosen
                ? Optional.of("the run before has chosen its specs: leave out --mode, --focus, --skip and --shard")
                : Optional.empty();
    }

    /** Whether names are to be printed, and nothing run. */
    boolean isList() {
        return list;
    }

    /** What a run takes besides a lab: the tests, and the folder of their images where these are rebuilt. */
    record Built(E2eTests tests, Optional<Path> images) {}

    /** Built now, or earlier. */
    Built build(Surroundings here, Run run) throws InterruptedException {
        E2eTests tests = here.e2eTests(run);
        return new Built(tests, rebuilt ? Optional.of(here.e2eImages(run)) : Optional.empty());
    }

    /** The names of the specs that a run would take. */
    List<String> names(Built built) {
        return Conformance.names(built.tests(), selection(built));
    }

    /** Where a run on the lab of this folder leaves what it found. */
    Path folder(LabFolder lab) {
        return out.map(Path::toAbsolutePath).orElse(lab.conformance());
    }

    /** The suite as these options have it. */
    ConformanceTests suite(Built built, Path folder) {
        return new ConformanceTests(built.tests(), selection(built), folder);
    }

    private Selection selection(Built built) {
        Earlier earlier = resume ? Earlier.RESUME : rerunFailed ? Earlier.RERUN_FAILED : Earlier.NONE;
        Optional<Mode> wanted = mode.isPresent() || focus.isPresent() ? mode : Optional.of(Mode.QUICK);
        return new Selection(wanted, focus, skip, shard.orElse(Shard.WHOLE), built.images(), earlier);
    }
}
