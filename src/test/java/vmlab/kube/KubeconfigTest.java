package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.Run;

class KubeconfigTest {

    private static final Run RUN = new Run(event -> {});
    private static final LabFolder LAB = new LabFolder(Path.of("/home/me/labs/demo"));

    private static final String PRINTED = """
            apiVersion: v1
            clusters:
            - cluster:
                server: https://10.77.0.2:6443
                certificate-authority-data: Q0E=
              name: local
            contexts:
            - context:
                cluster: local
                namespace: default
                user: user
              name: Default
            current-context: Default
            kind: Config
            preferences: {}
            users:
            - name: user
              user:
                client-certificate-data: Q0VSVA==
                client-key-data: S0VZ
            """;

    private static final String OTHERS = """
            apiVersion: v1
            kind: Config
            preferences: {colors: true}
            current-context: work
            clusters:
            - {name: work, cluster: {server: 'https://work:6443', insecure-skip-tls-verify: true}}
            contexts:
            - {name: work, context: {cluster: work, user: me, namespace: team}}
            users:
            - name: me
              user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: login, args: ['1', 'true']}}
            """;

    @TempDir
    Path folder;

    private static void merge(Kubeconfig lab, Path file) throws InterruptedException {
        new KubeconfigFile(file).merge(lab, LAB, RUN);
    }

    private static String merged(Path file) throws Exception {
        merge(Kubeconfig.parse(PRINTED).named("demo"), file);
        return Files.readString(file);
    }

    @Test
    void whatOthersWroteStaysAsTheyWroteIt() throws Exception {
        String others = """
                # mine
                apiVersion: v1
                kind: Config
                clusters:
                - name: '5e10' # the old one
                  cluster: {server: "https://a:1", unknown: 1.10}
                contexts: null
                users:
                - name: "true"
                  user:
                    token: '0x1F'
                    exec:
                      args: ["1_000", '12:30', "0o17", y]
                      since: 2026-01-01
                """;
        Path file = Files.writeString(folder.resolve("config"), others);

        assertThat(merged(file))
                .contains("# mine", "name: '5e10'", "# the old one", "unknown: 1.10", "name: \"true\"")
                .contains("token: '0x1F'", "[\"1_000\", '12:30', \"0o17\", y]", "since: 2026-01-01");
        new KubeconfigFile(file).remove("demo", LAB, RUN);
        assertThat(Files.readString(file)).doesNotContain("demo").contains("name: '5e10'", "token: '0x1F'");
    }

    @Test
    void namesThatLookLikeSomethingElseAreText() throws Exception {
        for (String name : List.of("true", "no", "y", "null", "e1")) {
            Path file = folder.resolve(name);
            merge(Kubeconfig.parse(PRINTED).named(name), file);
            assertThat(Yaml.read(Files.readString(file)).get("current-context")).isEqualTo(name);
        }
        assertThat(Yaml.write(Yaml.map("a", List.of("1e3", "0o17", "1_000", "1:30", "2026-01-01", ".5", "y", "", "~"))))
                .isEqualTo("""
                        a:
                        - "1e3"
                        - "0o17"
                        - "1_000"
                        - "1:30"
                        - "2026-01-01"
                        - ".5"
                        - "y"
                        - ""
                        - "~"
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clusters: [{name: demo, cluster: {server: 'https://old:6443'}}]",
                "contexts: [{name: demo, context: {cluster: work, user: me}}]",
                "users: [{name: demo, user: {token: x}}]"
            })
    void anEntryOfTheUsersOfThatNameIsNotTaken(String entry) throws Exception {
        Path file = Files.writeString(folder.resolve("config"), entry + "\ncurrent-context: work\n");

        assertThatThrownBy(() -> merged(file))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("has another")
                .hasMessageContaining("named demo");
        assertThat(file).hasContent(entry + "\ncurrent-context: work\n");
        new KubeconfigFile(file).remove("demo", LAB, RUN);
        assertThat(file).hasContent(entry + "\ncurrent-context: work\n");
    }

    @Test
    void mergedTwiceItIsThereOnceAndGoesWithTheLab() throws Exception {
        LabFolder lab = new LabFolder(Files.createDirectories(folder.resolve("labs/demo")));
        Path file = Files.writeString(folder.resolve("config"), OTHERS);
        Kubeconfig kubeconfig = Kubeconfig.parse(PRINTED).named("demo");

        new MergedInto(lab).add(file, kubeconfig, RUN);
        new MergedInto(lab).add(file, kubeconfig.at("https://127.0.0.1:2"), RUN);
        assertThat((List<?>) Yaml.read(Files.readString(file)).get("clusters")).hasSize(2);

        new MergedInto(lab).undo("demo", RUN);
        assertThat(Files.readString(file)).doesNotContain("demo").contains("current-context: work", "name: work");
    }

    @Test
    void aReadOnlyFileIsLeftAsItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("config"), OTHERS);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assumeThat(Files.isWritable(file)).as("root may").isFalse();

        assertThatThrownBy(() -> merged(file)).hasMessageContaining("is read-only");
        assertThat(file).hasContent(OTHERS);
    }

    @Test
    void aLinkToWhereNothingIsYetLeadsThere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));

        merged(link);

        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("real")).content().contains("current-context: demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a", "kind: Secret", "clusters: x", "a: 1\n---\nb: 2"})
    void whatIsNoKubeconfigIsLeftAsItIs(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("config"), text);

        assertThatThrownBy(() -> merged(file)).hasMessageContaining("is no kubeconfig");
        assertThat(file).hasContent(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "---\n", "{}", "{\"clusters\": [], \"kind\": \"Config\"}"})
    void emptyFilesAndJsonAreTaken(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("config"), text);

        assertThat(Kubeconfig.parse(merged(file)).name()).isEqualTo("demo");
    }

    @Test
    void jsonStaysJsonAndAFileKeepsItsReaders() throws Exception {
        String before =
                "{\"users\": [{\"name\": \"1e3\", \"user\": {\"token\": \"no\", \"port\": 12, \"on\": true, \"off\": null}}]}";
        Path file = Files.writeString(folder.resolve("config"), before);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        String after = merged(file);

        JsonNode json = new JsonMapper().readTree(after);
        assertThat(json.at("/users/0"))
                .isEqualTo(new JsonMapper().readTree(before).at("/users/0"));
        assertThat(json.at("/current-context").asText()).isEqualTo("demo");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void whatK0sPrintedIsRenamedAndReaddressed() {
        Kubeconfig lab = Kubeconfig.parse(PRINTED).named("demo").at("https://127.0.0.1:16443");
        assertThat(Kubeconfig.parse(lab.text())).isEqualTo(lab);
        assertThat(lab).isEqualTo(new Kubeconfig("demo", "https://127.0.0.1:16443", "CA", "CERT", "KEY"));
        assertThat(lab.text()).doesNotContain("Default").contains("current-context: demo");
    }

    @Test
    void itIsWrittenForItsOwnerOnly() throws Exception {
        Path file = folder.resolve("lab/kubeconfig");
        Kubeconfig.parse(PRINTED).write(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("lab")).isDirectoryContaining(it -> it.equals(file));
        try (var files = Files.list(folder.resolve("lab"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void mergingKeepsEverythingElse() throws Exception {
        Path file = folder.resolve("config");
        Files.writeString(file, OTHERS);
        merge(Kubeconfig.parse(PRINTED).named("demo"), file);
        var merged = Yaml.read(Files.readString(file));
        var before = Yaml.read(OTHERS);
        assertThat(merged.get("preferences")).isEqualTo(before.get("preferences"));
        assertThat(((List<?>) merged.get("users")).containsAll((List<?>) before.get("users")))
                .isTrue();
        assertThat((List<?>) merged.get("clusters")).hasSize(2);
        assertThat((List<?>) merged.get("contexts")).hasSize(2);
        assertThat(Files.readString(file)).contains("current-context: demo");
        assertThat(Kubeconfig.parse(Files.readString(file)).server()).isEqualTo("https://10.77.0.2:6443");
    }

    @Test
    void removingTakesOnlyTheLabOutAgain() throws Exception {
        Path file = folder.resolve("config");
        merge(Kubeconfig.parse(PRINTED).named("demo"), file);
        merge(Kubeconfig.parse(PRINTED).named("other"), file);
        new KubeconfigFile(file).remove("demo", LAB, RUN);
        assertThat(Files.readString(file)).doesNotContain("name: demo").contains("current-context: other");
        new KubeconfigFile(folder.resolve("none")).remove("demo", LAB, RUN);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void labsThatAreMergedAtOnceAreAllThere() throws Exception {
        Path file = folder.resolve("config");
        Files.writeString(file, OTHERS);
        List<Callable<Void>> merges = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Kubeconfig lab = Kubeconfig.parse(PRINTED).named("lab" + i);
            merges.add(() -> {
                merge(lab, file);
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(10)) {
            for (var merge : threads.invokeAll(merges)) {
                merge.get();
            }
        }
        assertThat((List<?>) Yaml.read(Files.readString(file)).get("contexts")).hasSize(11);
        assertThat(folder.resolve("config.lock")).doesNotExist();
    }

    @Test
    void aLinkedFileStaysALink() throws Exception {
        Path real = folder.resolve("real");
        Files.writeString(real, OTHERS);
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        merge(Kubeconfig.parse(PRINTED).named("demo"), link);
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(real)).contains("current-context: demo");
    }

    @Test
    void aBrokenFileIsLeftAsItIs() throws Exception {
        Path file = folder.resolve("config");
        Files.writeString(file, "clusters: [");
        assertThatThrownBy(() -> merge(Kubeconfig.parse(PRINTED), file))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("is no kubeconfig");
        assertThat(file).hasContent("clusters: [");
    }

    @Test
    void whatIsNoKubeconfigSaysWhatItLacks() {
        assertThatThrownBy(() -> Kubeconfig.parse("current-context: x"))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("no entry named x");
        assertThatThrownBy(() -> Kubeconfig.parse("Error: [")).isInstanceOf(LabFailure.class);
    }

    @Test
    void whatIsNoFileIsRefusedAndStays() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        // One that is read would keep the test waiting.
        assertThatThrownBy(() -> merged(pipe))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).isEqualTo("it is a pipe or a device"));
        assertThat(Files.readAttributes(pipe, java.nio.file.attribute.BasicFileAttributes.class)
                        .isOther())
                .isTrue();
        assertThatThrownBy(() -> merged(Files.createDirectory(folder.resolve("folder"))))
                .hasMessageContaining("it is a folder");
        assertThat(folder).isDirectoryNotContaining("glob:**.lock");
    }
}
