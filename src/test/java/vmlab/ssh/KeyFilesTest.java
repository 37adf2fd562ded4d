package vmlab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.machine.Needs;
import vmlab.run.LabFailure;

class KeyFilesTest {

    @TempDir
    Path folder;

    @Test
    void aKeyReadBackIsTheKeyWritten() {
        SshKeyPair made = SshKeyPair.generate("lab@demo");
        KeyFiles.write(made, folder.resolve("keys/id_ecdsa"));
        SshKeyPair read = KeyFiles.read(folder.resolve("keys/id_ecdsa"));
        assertThat(read.publicLine()).isEqualTo(made.publicLine()).endsWith(" lab@demo");
        assertThat(read.keys().getPrivate()).isEqualTo(made.keys().getPrivate());
    }

    @Test
    void opensshItselfDerivesTheSamePublicKey() throws Exception {
        Needs.programs("ssh-keygen");
        SshKeyPair made = KeyFiles.readOrMake(folder.resolve("id"), "me");
        Process process = new ProcessBuilder("ssh-keygen", "-y", "-f", "" + folder.resolve("id")).start();
        assertThat(new String(process.getInputStream().readAllBytes()).strip()).isEqualTo(made.publicLine());
    }

    @Test
    void thePrivateFileIsItsOwnersOnly() throws Exception {
        KeyFiles.readOrMake(folder.resolve("id"), "me");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("id"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("id.pub"))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void anExistingKeyIsKept() {
        SshKeyPair first = KeyFiles.readOrMake(folder.resolve("id"), "me");
        assertThat(KeyFiles.readOrMake(folder.resolve("id"), "me").publicLine()).isEqualTo(first.publicLine());
    }

    @Test
    void knownHostsNamesTheHostAndItsKey() throws Exception {
        SshKeyPair key = SshKeyPair.generate("");
        KeyFiles.writeKnownHosts(folder.resolve("known_hosts"), Map.of("10.77.0.2", key.publicKey()));
        assertThat(folder.resolve("known_hosts")).hasContent("10.77.0.2 " + key.publicLine());
        assertThat(PublicKeys.parse(key.publicLine() + " comment")).isEqualTo(key.publicKey());
    }

    @Test
    void aBrokenKeyFileSaysWhich() throws Exception {
        Files.writeString(folder.resolve("id"), "not a key");
        assertThatThrownBy(() -> KeyFiles.read(folder.resolve("id")))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("id can't be read");
        assertThatThrownBy(() -> PublicKeys.parse("nonsense")).isInstanceOf(LabFailure.class);
    }
}
