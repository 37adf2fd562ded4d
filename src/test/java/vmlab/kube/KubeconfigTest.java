package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;
import vmlab.run.Run;

class KubeconfigTest {

    private static final Run RUN = new Run(event -> {});

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
            - {name: demo, cluster: {server: 'https://old:6443'}}
            contexts:
            - {name: work, context: {cluster: work, user: me, namespace: team}}
            users:
            - name: me
              user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: login, args: ['1', 'true']}}
            """;

    @TempDir
    Path folder;

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
        Kubeconfig.parse(PRINTED).named("demo").mergeInto(file, RUN);
        var merged = Yaml.read(Files.readString(file));
        var before = Yaml.read(OTHERS);
        assertThat(merged.get("preferences")).isEqualTo(before.get("preferences"));
        assertThat(((List<?>) merged.get("users")).containsAll((List<?>) before.get("users")))
                .isTrue();
        assertThat((List<?>) merged.get("clusters")).hasSize(2);
        assertThat((List<?>) merged.get("contexts")).hasSize(2);
        assertThat(Files.readString(file)).doesNotContain("https://old").contains("current-context: demo");
        assertThat(Kubeconfig.parse(Files.readString(file)).server()).isEqualTo("https://10.77.0.2:6443");
    }

    @Test
    void removingTakesOnlyTheLabOutAgain() throws Exception {
        Path file = folder.resolve("config");
        Kubeconfig.parse(PRINTED).named("demo").mergeInto(file, RUN);
        Kubeconfig.parse(PRINTED).named("other").mergeInto(file, RUN);
        new KubeconfigFile(file).remove("demo", RUN);
        assertThat(Files.readString(file)).doesNotContain("demo").contains("current-context: other");
        new KubeconfigFile(folder.resolve("none")).remove("demo", RUN);
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
                lab.mergeInto(file, RUN);
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
        Kubeconfig.parse(PRINTED).named("demo").mergeInto(link, RUN);
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(real)).contains("current-context: demo");
    }

    @Test
    void aBrokenFileIsLeftAsItIs() throws Exception {
        Path file = folder.resolve("config");
        Files.writeString(file, "clusters: [");
        assertThatThrownBy(() -> Kubeconfig.parse(PRINTED).mergeInto(file, RUN))
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
}
