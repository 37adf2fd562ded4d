package vmlab.ssh;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import vmlab.run.Reading;

/** One attempt to log in, and what its failure means. */
record SshLogin(InetSocketAddress address, String user, SshKeyPair key, PublicKey expected, Duration timeout) {

    /** Connects and logs in; whatever was opened is closed again unless it is Ready. */
    Reading<SshSession> attempt() throws InterruptedException {
        long start = System.nanoTime();
        var seen = new AtomicReference<PublicKey>();
        SshClient client = MinaClient.start(expected, seen, timeout);
        ClientSession session = null;
        boolean ready = false;
        try {
            session = client.connect(user, address).verify(timeout).getClientSession();
            session.addPublicKeyIdentity(key.keys());
            session.auth().verify(timeout.minusNanos(System.nanoTime() - start));
            ready = true;
            return new Reading.Ready<>(new SshSession(client, session, where()));
        } catch (InterruptedIOException interrupted) {
            // MINA says so of an interruption only, whose flag is gone then; that time is up it says in other words.
            throw new InterruptedException(interrupted.getMessage());
        } catch (IOException error) {
            return explain(error, seen.get(), session);
        } finally {
            if (!ready) {
                client.stop();
            }
        }
    }

    private Reading<SshSession> explain(IOException error, PublicKey seen, ClientSession session) {
        if (seen != null && !KeyUtils.compareKeys(seen, expected)) {
            return new Reading.Never<>(
                    where() + " shows the host key " + PublicKeys.fingerprint(seen) + ", and the lab gave it "
                            + PublicKeys.fingerprint(expected),
                    "another machine has this address, or the node did not read its config disk: lab console shows its"
                            + " boot; lab down and lab up give it a new key");
        }
        if (error instanceof SshException ssh
                && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
            return new Reading.Never<>(
                    where() + " refuses the lab's key " + PublicKeys.fingerprint(key.publicKey()) + " for user " + user,
                    "the node did not read its config disk, or the image's sshd allows no keys for " + user
                            + ": lab console shows its boot");
        }
        if (session != null && seen == null && session.getServerVersion() == null) {
            return new Reading.NotYet<>("the port is open, no SSH banner yet");
        }
        boolean slow = session != null && error.getCause() instanceof TimeoutException;
        return new Reading.NotYet<>(slow ? "SSH answers slowly" : NetworkWords.of(error));
    }

    private String where() {
        return address.getHostString() + (address.getPort() == 22 ? "" : ":" + address.getPort());
    }
}
