package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.kube.JoinToken.Kind;

class JoinTokenTest {

    @TempDir
    Path folder;

    private static final Instant TOMORROW = Instant.parse("2026-01-02T00:00:00Z");

    @Test
    void isKeptForNobodyElseToRead() throws IOException {
        Path file = folder.resolve("join-token");

        JoinToken made = JoinToken.readOrMake(Kind.WORKER, file);

        assertThat(JoinToken.readOrMake(Kind.WORKER, file)).isEqualTo(made);
        assertThat(made.toString()).matches("[a-z0-9]{6}\\.[a-z0-9]{16}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void oneThatExpiredWhileTheLabStoodStillIsMadeAnew() {
        Path file = folder.resolve("join-token");
        JoinToken made = JoinToken.readOrMake(Kind.WORKER, file, at("2026-01-01T00:00:00Z"));

        assertThat(made.expiry()).isEqualTo(TOMORROW);
        assertThat(JoinToken.readOrMake(Kind.WORKER, file, at("2026-01-01T21:00:00Z")))
                .isEqualTo(made);
        assertThat(JoinToken.readOrMake(Kind.WORKER, file, at("2026-01-01T23:00:00Z")))
                .satisfies(renewed -> assertThat(renewed.id()).isNotEqualTo(made.id()))
                .satisfies(renewed -> assertThat(renewed.expiry()).isAfter(TOMORROW));
    }

    private static Clock at(String time) {
        return Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    }

    @Test
    void aWorkerGetsAKubeconfigThatK0sUnpacks() throws IOException {
        String text = new JoinToken(Kind.WORKER, "abcdef", "secretsecretsecr", TOMORROW)
                .text("https://10.77.0.11:6443", "PEM");

        String kubeconfig = unpacked(text);
        assertThat(Yaml.read(kubeconfig)).containsEntry("current-context", "k0s");
        assertThat(kubeconfig).contains("kubelet-bootstrap", "abcdef.secretsecretsecr", "https://10.77.0.11:6443");
    }

    @Test
    void theControllerGetsTheSecretThatMakesItValid() throws IOException {
        var secret = Yaml.read(new JoinToken(Kind.WORKER, "abcdef", "secretsecretsecr", TOMORROW).secretManifest());

        assertThat(secret).containsEntry("type", "bootstrap.kubernetes.io/token");
        assertThat(secret.get("stringData").toString())
                .contains("token-id=abcdef", "token-secret=secretsecretsecr", "usage-bootstrap-authentication=true")
                .contains("expiration=2026-01-02T00:00:00Z");
        assertThat(secret.get("metadata").toString()).contains("bootstrap-token-abcdef", "kube-system");
    }

    /** The shape of what k0s v1.36.3 writes for {@code token pre-shared --role controller}. */
    @Test
    void aControllersTokenIsTheKubeconfigThatK0sMakes() throws IOException {
        String text = new JoinToken(Kind.CONTROLLER, "abcdef", "secretsecretsecr", TOMORROW)
                .text("https://10.77.0.1:9443", "PEM");

        assertThat(Yaml.read(unpacked(text))).isEqualTo(Yaml.read("""
                apiVersion: v1
                kind: Config
                clusters:
                - name: k0s
                  cluster:
                    certificate-authority-data: UEVN
                    server: https://10.77.0.1:9443
                contexts:
                - name: k0s
                  context:
                    cluster: k0s
                    user: controller-bootstrap
                current-context: k0s
                users:
                - name: controller-bootstrap
                  user:
                    token: abcdef.secretsecretsecr
                """));
    }

    /** The Go test beside that file has the stand-in read it; genuine k0s reads tokens in the same way. */
    @Test
    void theTokenThatTheStandInIsTestedWithIsTheOneWrittenHere() throws IOException {
        String text = new JoinToken(Kind.CONTROLLER, "abcdef", "secretsecretsecr", TOMORROW)
                .text("https://10.77.0.1:9443", "PEM");

        String tested = Files.readString(Path.of("images/k0s-standin/internal/jointoken/testdata/controller-token"));
        assertThat(unpacked(tested.strip())).isEqualTo(unpacked(text));
    }

    @Test
    void aControllersSecretLetsItJoinAndNothingElse() throws IOException {
        var secret = Yaml.read(new JoinToken(Kind.CONTROLLER, "abcdef", "secretsecretsecr", TOMORROW).secretManifest());

        assertThat(secret.get("stringData").toString())
                .contains("usage-controller-join=true", "usage-bootstrap-controller-join=true")
                .doesNotContain("authentication", "worker");
    }

    private static String unpacked(String text) throws IOException {
        var packed = new ByteArrayInputStream(Base64.getDecoder().decode(text));
        return new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.UTF_8);
    }
}
