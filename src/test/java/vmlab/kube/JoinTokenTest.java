package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTokenTest {

    @TempDir
    Path folder;

    @Test
    void isKeptForNobodyElseToRead() throws IOException {
        Path file = folder.resolve("join-token");

        JoinToken made = JoinToken.readOrMake(file);

        assertThat(JoinToken.readOrMake(file)).isEqualTo(made);
        assertThat(made.toString()).matches("[a-z0-9]{6}\\.[a-z0-9]{16}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aWorkerGetsAKubeconfigThatK0sUnpacks() throws IOException {
        String text = new JoinToken("abcdef", "secretsecretsecr").workerToken("https://10.77.0.11:6443", "PEM");

        var packed = new ByteArrayInputStream(Base64.getDecoder().decode(text));
        String kubeconfig = new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Yaml.read(kubeconfig)).containsEntry("current-context", "k0s");
        assertThat(kubeconfig).contains("kubelet-bootstrap", "abcdef.secretsecretsecr", "https://10.77.0.11:6443");
    }

    @Test
    void theControllerGetsTheSecretThatMakesItValid() throws IOException {
        var secret = Yaml.read(new JoinToken("abcdef", "secretsecretsecr").secretManifest());

        assertThat(secret).containsEntry("type", "bootstrap.kubernetes.io/token");
        assertThat(secret.get("stringData").toString())
                .contains("token-id=abcdef", "token-secret=secretsecretsecr", "usage-bootstrap-authentication=true");
        assertThat(secret.get("metadata").toString()).contains("bootstrap-token-abcdef", "kube-system");
    }
}
