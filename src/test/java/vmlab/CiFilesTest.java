package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.machine.Needs;

/** action.yml and templates/lab.yml: their shell runs, with a lab that only notes what it is asked. */
@Execution(ExecutionMode.CONCURRENT)
class CiFilesTest {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *(.*?) *}}");
    private static final Pattern INPUT = Pattern.compile("\\$\\[\\[ *inputs\\.([a-z-]+) *]]");

    @TempDir
    Path folder;

    private final Map<String, String> env = new HashMap<>();

    @BeforeEach
    void aMachineOfStandIns() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        program(bin.resolve("lab"), """
                echo "lab $*" >>"$CALLS"
                case "$*" in
                    *"$FAILS"*) [ -z "$FAILS" ] || exit 1 ;;
                esac
                """);
        program(bin.resolve("sudo"), "echo \"sudo $*\" >>\"$CALLS\"");
        program(bin.resolve("apt-get"), "echo \"apt-get $*\" >>\"$CALLS\"");
        program(bin.resolve("ln"), "echo \"ln $*\" >>\"$CALLS\"");
        program(bin.resolve("qemu-system-x86_64"), "echo QEMU emulator version 10.0.0");
        program(Files.createDirectories(folder.resolve("scripts")).resolve("setup"), "echo setup >>\"$CALLS\"");
        Files.createDirectories(folder.resolve("labs"));
        Files.writeString(folder.resolve("labs/single.yaml"), "name: single\nimage: ../recipe.yaml # its recipe\n");
        Files.writeString(folder.resolve("recipe.yaml"), "packages: []\n");
        Files.writeString(folder.resolve("calls"), "");
        env.putAll(Map.of("PATH", bin + ":/usr/bin:/bin", "CALLS", folder.resolve("calls") + "", "FAILS", ""));
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls")).stream()
                .map(line -> line.replace(folder.toString(), "."))
                .toList();
    }

    private int run(String script, Map<String, String> more) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        bash.environment().clear();
        bash.environment().putAll(env);
        bash.environment().putAll(more);
        Process process = bash.start();
        process.getOutputStream().close();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private static List<JsonNode> documents(String file) throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        try (MappingIterator<JsonNode> all =
                yaml.readerFor(JsonNode.class).readValues(Path.of(file).toFile())) {
            return all.readAll();
        }
    }

    private static List<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    // ---- GitHub
    // ------------------------------------------------------------------------------------------------------

    private static List<JsonNode> steps() throws IOException {
        return each(documents("action.yml").getFirst().at("/runs/steps"));
    }

    /** Runs the action's shell steps as GitHub would: after one that failed only those that say always(). */
    private boolean action(Map<String, String> given) throws IOException, InterruptedException {
        Map<String, String> values = new HashMap<>();
        documents("action.yml")
                .getFirst()
                .get("inputs")
                .properties()
                .forEach(input -> values.put(
                        "inputs." + input.getKey(),
                        input.getValue().get("default").asText()));
        given.forEach((name, value) -> values.put("inputs." + name, value));
        values.put("github.action_path", folder.toString());
        env.putAll(Map.of("RUNNER_TEMP", folder + "/temp", "GITHUB_WORKSPACE", folder.toString()));
        Files.createDirectories(folder.resolve("temp"));
        for (String file : List.of("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH")) {
            env.put(file, folder.resolve(file).toString());
        }
        boolean failed = false;
        for (JsonNode step : steps()) {
            String condition = step.path("if").asText("success()");
            boolean asked = !condition.contains("inputs.suites")
                    || !values.get("inputs.suites").isEmpty();
            if (!step.has("run") || !asked || failed && !condition.contains("always()")) {
                continue;
            }
            values.put("steps.up.outcome == 'failure' || job.status == 'failure'", String.valueOf(failed));
            Map<String, String> own = new HashMap<>();
            step.path("env")
                    .properties()
                    .forEach(variable -> own.put(
                            variable.getKey(),
                            EXPRESSION
                                    .matcher(variable.getValue().asText())
                                    .replaceAll(found -> value(values, found))));
            failed |= run(step.get("run").asText(), own) != 0;
        }
        return !failed;
    }

    private static String value(Map<String, String> values, MatchResult expression) {
        assertThat(values).containsKey(expression.group(1));
        return values.get(expression.group(1));
    }

    @Test
    void theActionBringsALabUpTestsItAndTakesItDown() throws IOException, InterruptedException {
        assertThat(action(Map.of("lab", "labs/single.yaml", "suites", "immutable ./checks")))
                .as(calls().toString())
                .isTrue();

        assertThat(calls())
                .contains("setup")
                .containsSubsequence(
                        "lab --connect embedded doctor",
                        "lab --connect embedded up labs/single.yaml",
                        "lab --connect embedded kubeconfig labs/single.yaml",
                        "lab --connect embedded test labs/single.yaml --suite immutable --junit ./temp/lab-report/immutable.xml",
                        "lab --connect embedded test labs/single.yaml --suite ./checks --junit ./temp/lab-report/checks.xml",
                        "lab --connect embedded report ./labs/single.yaml --html report.html --junit up.xml",
                        "lab --connect embedded down labs/single.yaml")
                .noneMatch(call -> call.contains("bundle"));
        assertThat(Files.readString(folder.resolve("GITHUB_OUTPUT")))
                .containsPattern("(?m)^image=[0-9a-f]{16}$")
                .containsPattern("(?m)^lab=[0-9a-f]{16}$")
                .containsPattern("(?m)^carrier=[0-9a-f]{16}$")
                .contains("name=lab-single", "kubeconfig=" + folder + "/temp/lab-kubeconfig");
        assertThat(Files.getPosixFilePermissions(folder.resolve("temp/lab-kubeconfig")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void anActionWhoseLabDoesNotComeUpBringsTheBundleAndFails() throws IOException, InterruptedException {
        env.put("FAILS", " up ");

        assertThat(action(Map.of("lab", "labs/single.yaml", "suites", "ha"))).isFalse();

        assertThat(calls())
                .noneMatch(call -> call.contains(" test "))
                .endsWith(
                        "lab --connect embedded report ./labs/single.yaml --html report.html --junit up.xml",
                        "lab --connect embedded bundle ./labs/single.yaml --file bundle.tar.zst",
                        "lab --connect embedded down labs/single.yaml");
    }

    @Test
    void aPackageIsInstalledInsteadOfBuilt() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("lab.deb"), "");

        action(Map.of("lab", "labs/single.yaml", "package", "lab.deb"));

        assertThat(calls()).contains("sudo apt-get -q -y install ./lab.deb").doesNotContain("setup");
    }

    @Test
    void shellOfTheActionIsWellFormed() throws IOException, InterruptedException {
        Needs.programs("shellcheck");
        for (JsonNode step : steps()) {
            if (step.has("run")) {
                Path file = folder.resolve("step");
                Files.writeString(file, "set -e\n" + step.get("run").asText()); // as GitHub runs them
                Process shellcheck = new ProcessBuilder("shellcheck", "--shell=bash", file.toString())
                        .redirectErrorStream(true)
                        .start();
                assertThat(new String(shellcheck.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as(step.get("run").asText())
                        .isEmpty();
            }
        }
    }

    // ---- GitLab
    // ------------------------------------------------------------------------------------------------------

    /** The job as GitLab makes it of the component, for one of its labs. */
    private JsonNode job(Map<String, String> given) throws IOException {
        List<JsonNode> documents = documents("templates/lab.yml");
        assertThat(documents).hasSize(2);
        JsonNode inputs = documents.getFirst().at("/spec/inputs");
        String text = INPUT.matcher(documents.getLast().get("lab").toString()).replaceAll(found -> {
            String name = found.group(1);
            assertThat(inputs.has(name)).as(name).isTrue();
            return given.getOrDefault(name, inputs.get(name).path("default").asText());
        });
        JsonNode job = new YAMLMapper().readTree(text);
        job.get("variables")
                .properties()
                .forEach(variable ->
                        env.put(variable.getKey(), variable.getValue().asText()));
        env.put("LAB", "labs/single.yaml");
        env.put("CI_PROJECT_DIR", folder.toString());
        return job;
    }

    /** The lines of one of its scripts, as the runner joins them. */
    private int script(JsonNode job, String name) throws IOException, InterruptedException {
        return run(
                String.join(
                        "\n", each(job.get(name)).stream().map(JsonNode::asText).toList()),
                Map.of());
    }

    @Test
    void theComponentBringsALabUpTestsItAndTakesItDown() throws IOException, InterruptedException {
        JsonNode job = job(Map.of("suites", "immutable"));
        env.put("CI_JOB_STATUS", "success");

        assertThat(List.of(script(job, "before_script"), script(job, "script"), script(job, "after_script")))
                .containsOnly(0);

        assertThat(calls())
                .containsSubsequence(
                        "setup",
                        "lab --connect embedded doctor",
                        "lab --connect embedded up labs/single.yaml",
                        "lab --connect embedded test labs/single.yaml --suite immutable --junit lab-report/immutable.xml",
                        "lab --connect embedded report labs/single.yaml --html lab-report/report.html --junit lab-report/up.xml",
                        "lab --connect embedded down labs/single.yaml")
                .noneMatch(call -> call.contains("bundle"));
    }

    @Test
    void aComponentWhoseLabDoesNotComeUpBringsTheBundleAndNoGoldenLabUnlessAsked()
            throws IOException, InterruptedException {
        JsonNode job = job(Map.of("golden", "false"));
        env.putAll(Map.of("FAILS", " up ", "CI_JOB_STATUS", "failed"));
        Path golden = Files.createDirectories(folder.resolve(".lab/golden"));

        assertThat(script(job, "script")).isNotZero();
        assertThat(script(job, "after_script")).isZero();

        assertThat(calls())
                .endsWith(
                        "lab --connect embedded bundle labs/single.yaml --file lab-report/bundle.tar.zst",
                        "lab --connect embedded down labs/single.yaml");
        assertThat(golden).doesNotExist();
    }

    @Test
    void theComponentTakesLabFromWhereItIsTold() throws IOException, InterruptedException {
        run(
                "git init -q source && cd source && mkdir scripts && cp ../scripts/setup scripts/ && touch scripts/lab && git add ."
                        + " && git -c user.name=x -c user.email=x@x commit -q -m x",
                Map.of());
        JsonNode job = job(Map.of("source", folder.resolve("source").toString(), "ref", "HEAD"));

        assertThat(script(job, "before_script")).as(calls().toString()).isZero();

        assertThat(calls()).contains("ln -sf ./.lab-source/scripts/lab /usr/local/bin/lab", "setup");
    }

    @Test
    void theExampleGivesTheComponentWhatItTakes() throws IOException {
        JsonNode inputs = documents("templates/lab.yml").getFirst().at("/spec/inputs");
        JsonNode include = documents("labs/ci/gitlab-ci.yaml").getFirst().at("/include/0");

        assertThat(Path.of(include.get("local").asText())).exists();
        assertThat(include.get("inputs").fieldNames()).toIterable().allMatch(inputs::has);
        assertThat(each(include.at("/inputs/labs"))).isNotEmpty().allSatisfy(lab -> assertThat(Path.of(lab.asText()))
                .exists());
    }
}
