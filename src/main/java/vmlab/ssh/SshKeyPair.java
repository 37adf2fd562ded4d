package vmlab.ssh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Collections;
import java.util.Iterator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import vmlab.run.LabFailure;

/**
 * A key pair in the forms OpenSSH reads; a node's host key or a user's key. ECDSA over P-256: made in milliseconds, and the cheapest to
 * sign with inside an emulated guest.
 *
 * @param keys both halves
 * @param comment who it belongs to, at the end of the public line
 */
public record SshKeyPair(KeyPair keys, String comment) {

    static {
        JdkCryptography.only();
    }

    /** A new pair. */
    public static SshKeyPair generate(String comment) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new SshKeyPair(generator.generateKeyPair(), comment);
        } catch (GeneralSecurityException error) {
            throw LabFailure.machine(
                            "an SSH key could not be made", "" + error.getMessage(), "use a JDK that knows curve P-256")
                    .causedBy(error);
        }
    }

    /** The pair in the text of a private key file; {@code name} is what errors call it. */
    public static SshKeyPair parse(String name, String privateText, String comment) {
        try (var in = new ByteArrayInputStream(privateText.getBytes(StandardCharsets.UTF_8))) {
            Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(name), in, FilePasswordProvider.EMPTY);
            Iterator<KeyPair> pairs = found == null ? Collections.emptyIterator() : found.iterator();
            if (!pairs.hasNext()) {
                throw unreadable(name, "there is no private key in it");
            }
            return new SshKeyPair(pairs.next(), comment);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException error) {
            throw unreadable(name, "" + error.getMessage()).causedBy(error);
        }
    }

    /** The text of the private key file ({@code -----BEGIN OPENSSH PRIVATE KEY-----}), unencrypted. */
    public String privateText() {
        try (var out = new ByteArrayOutputStream()) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(keys, comment, null, out);
            return out.toString(StandardCharsets.US_ASCII);
        } catch (IOException | GeneralSecurityException error) {
            throw new IllegalStateException("a key of this JDK's own can't be encoded", error);
        }
    }

    /** The public line, without an end of line: {@code ecdsa-sha2-nistp256 AAAA… comment}. */
    public String publicLine() {
        String line = PublicKeys.line(keys.getPublic());
        return comment.isBlank() ? line : line + " " + comment;
    }

    /** The public half. */
    public PublicKey publicKey() {
        return keys.getPublic();
    }

    private static LabFailure unreadable(String name, String why) {
        return LabFailure.lab(
                "the SSH key " + name + " can't be read",
                why,
                "it must be an unencrypted OpenSSH private key; lab makes a new one when the lab is brought up anew");
    }
}
