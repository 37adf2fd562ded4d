package vmlab.suite.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.image.E2eTests;
import vmlab.run.CheckResult;
import vmlab.run.Event;
import vmlab.run.LabFailure;
import vmlab.run.Outcome;
import vmlab.run.Run;
import vmlab.suite.conformance.Selection.Earlier;

/** With a script in the place of e2e.test, which writes such a log as that does. */
class ConformanceTest {

    private static final String A = "[sig-a] A should be [Conformance]";
    private static final String B = "[sig-a] B (of two) should be + [Conformance]";
    private static final String C = "[sig-b] C should be [Conformance]";

    /** Lists the specs that its focus takes; those in the file "bad" fail, after the one in "last" it is gone. */
    private static final String E2E = """
            #!/bin/bash
            cd "$(dirname "$0")"
            echo "$@" >>calls
            mktemp -t left.XXXXXX >/dev/null
            for argument; do case $argument in -ginkgo.focus=*) focus=${argument#*=} ;; -report-dir=*) dir=${argument#*=} ;;
                -report-prefix=*) prefix=${argument#*=} ;; esac; done
            rule=------------------------------
            sed -n "s/^- codename: '\\(.*\\)'/\\1/p" conformance.yaml | grep -E -- "$focus" | while read -r name; do
                echo $rule; echo "$name [sig-a, Conformance]"; echo here.go:1
                if grep -qxF "$name" bad; then
                    printf '%s\\n' '• [FAILED] [1.000 seconds]' "$name" here.go:1 '' "  [FAILED] it's bad"
                else
                    echo '• [1.000 seconds]'
                fi
                echo $rule
                if grep -qxF "$name" last; then exit 1; fi
            done || exit 3
            echo "<testsuites/>" >"$dir/junit_${prefix}01.xml"
            """;

    @TempDir
    private Path folder;

    private final List<Event> events = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        file("conformance.yaml", "- codename: '%s'\n- codename: '%s'\n- codename: '%s'\n".formatted(A, B, C));
        file("quick.txt", "# none\n" + B + "\n" + C + "\n");
        file("version", "v1.36.3\n");
        file("bad", "");
        file("last", "");
        file("e2e.test", E2E);
        assertThat(folder.resolve("e2e.test").toFile().setExecutable(true)).isTrue();
    }

    private void file(String name, String text) throws IOException {
        // By a process of its own: a program that another thread's child holds open can't be run.
        Path fresh = folder.resolve(name + ".new");
        Files.writeString(fresh, text);
        try {
            new ProcessBuilder("cp", fresh.toString(), folder.resolve(name).toString())
                    .start()
                    .waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Selection selection(Optional<Mode> mode, String focus, String skip, Earlier earlier) {
        return new Selection(
                mode,
                Optional.of(focus).filter(text -> !text.isEmpty()).map(Pattern::compile),
                Optional.of(skip).filter(text -> !text.isEmpty()).map(Pattern::compile),
                Shard.WHOLE,
                Optional.empty(),
                earlier);
    }

    private List<CheckResult> run(Selection selection) throws InterruptedException {
        return new Conformance(new E2eTests(folder), selection, out())
                .run(Path.of("kubeconfig"), new Run(events::add), () -> {});
    }

    private Path out() {
        return folder.resolve("out");
    }

    private static List<String> names(List<CheckResult> results, Outcome outcome) {
        return results.stream()
                .filter(result -> result.status() == outcome)
                .map(CheckResult::name)
                .toList();
    }

    @Test
    void quickRunsItsOwnAndTellsEach() throws Exception {
        file("bad", C);

        List<CheckResult> results = run(selection(Optional.of(Mode.QUICK), "", "", Earlier.NONE));

        assertThat(names(results, Outcome.PASSED)).containsExactly(B);
        assertThat(names(results, Outcome.FAILED)).containsExactly(C);
        assertThat(results.getLast().evidence()).isEqualTo("[FAILED] it's bad");
        assertThat(events.stream().filter(Event.Checked.class::isInstance)).hasSize(2);
        assertThat(out().resolve("e2e.log")).content().contains(B, C).doesNotContain(A);
        assertThat(out().resolve("junit_01.xml")).hasContent("<testsuites/>");
        assertThat(out().resolve("PRODUCT.yaml")).doesNotExist();
        assertThat(out()).as("nothing else is left").isDirectoryNotContaining("glob:**/tmp");
    }

    @Test
    void focusAndSkipChooseAmongAll() throws Exception {
        assertThat(names(run(selection(Optional.empty(), "should be", "sig-b", Earlier.NONE)), Outcome.PASSED))
                .containsExactly(A, B);
        assertThatThrownBy(() -> run(selection(Optional.of(Mode.QUICK), "no such", "", Earlier.NONE)))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.what()).isEqualTo("no conformance spec matches");
                    assertThat(failure.kind()).isEqualTo(LabFailure.Kind.INPUT);
                });
    }

    @Test
    void certifiedLeavesTheFourFilesOfTheProgramme() throws Exception {
        run(selection(Optional.of(Mode.CERTIFIED), "", "", Earlier.NONE));

        assertThat(folder.resolve("calls")).content().contains("-ginkgo.focus=\\[Conformance\\]");
        assertThat(out()).isDirectoryContaining(file -> file.endsWith("PRODUCT.yaml"));
        assertThat(out().resolve("README.md")).content().contains("3 specs passed, 0 failed", "upstream's");
        assertThat(out().resolve("e2e.log")).content().contains(A, B, C);
        assertThat(out().resolve("junit_01.xml")).exists();
    }

    @Test
    void aRunThatWasCutOffIsTakenUpAgain() throws Exception {
        file("last", A);
        assertThatThrownBy(() -> run(selection(Optional.empty(), "", "", Earlier.NONE)))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.what()).isEqualTo("e2e.test ended after 1 of 3 specs");
                    assertThat(failure.why()).isEqualTo("exit status 3");
                    assertThat(failure.next()).contains("--resume");
                });
        file("last", "");
        Files.delete(folder.resolve("calls"));

        List<CheckResult> results = run(selection(Optional.empty(), "", "", Earlier.RESUME));

        assertThat(names(results, Outcome.PASSED)).containsExactly(A, B, C);
        assertThat(folder.resolve("calls")).content().contains("\\[sig-b\\] C").doesNotContain("\\[sig-a\\] A");
    }

    @Test
    void whatFailedIsRunAgainAndItsLastEndCounts() throws Exception {
        file("bad", B);
        run(selection(Optional.empty(), "", "", Earlier.NONE));
        file("bad", "");

        List<CheckResult> results = run(selection(Optional.empty(), "", "", Earlier.RERUN_FAILED));

        assertThat(names(results, Outcome.PASSED)).containsExactly(A, B, C);
        assertThat(out().resolve("junit_01.xml")).exists();
        assertThat(out().resolve("junit_again1_01.xml")).exists();
        run(selection(Optional.empty(), "", "", Earlier.NONE));
        assertThat(out().resolve("junit_again1_01.xml")).doesNotExist();
    }

    @Test
    void withoutAnEarlierRunThereIsNothingToGoOnFrom() {
        assertThatThrownBy(() -> run(selection(Optional.empty(), "", "", Earlier.RESUME)))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.what())
                        .isEqualTo("there is no earlier run to go on from"));
    }

    @Test
    void theRunEndsWithWhatTheTickThrows() throws Exception {
        file("e2e.test", "#!/bin/bash\nexec sleep 600\n");
        var run = new E2eRun(
                new E2eTests(folder),
                Path.of("kubeconfig"),
                Optional.empty(),
                new Folder(out()),
                java.time.Duration.ofMillis(50));
        new Folder(out()).begin(List.of(A));

        assertThatThrownBy(() -> run.run(List.of(A), line -> {}, () -> {
                    throw new IllegalStateException("the lab is down");
                }))
                .hasMessage("the lab is down");
    }
}
