package vmlab.ssh;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Map;
import java.util.Objects;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import vmlab.run.LabFailure;

/** Public keys as OpenSSH writes and names them. */
public final class PublicKeys {

    static {
        JdkCryptography.only();
    }

    private PublicKeys() {}

    /** {@code ecdsa-sha2-nistp256 AAAA…}, without comment or end of line. */
    public static String line(PublicKey key) {
        return PublicKeyEntry.toString(key);
    }

    /** The line of known_hosts (without end of line) by which {@code ssh} knows {@code host}, at port 22. */
    public static String knownHostsLine(String host, PublicKey key) {
        return host + " " + line(key);
    }

    /** As {@code ssh-keygen -l} shows it: {@code SHA256:…}. */
    public static String fingerprint(PublicKey key) {
        return KeyUtils.getFingerPrint(key);
    }

    /** The key of a public line, with or without a comment. */
    public static PublicKey parse(String line) {
        try {
            PublicKey key = PublicKeyEntry.parsePublicKeyEntry(line.strip())
                    .resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
            return Objects.requireNonNull(key);
        } catch (IOException | GeneralSecurityException | RuntimeException error) {
            throw LabFailure.lab(
                            "an SSH public key can't be read",
                            error.getMessage() + " in \"" + line.strip() + "\"",
                            "it must be a line like: ecdsa-sha2-nistp256 AAAA… comment")
                    .causedBy(error);
        }
    }
}
