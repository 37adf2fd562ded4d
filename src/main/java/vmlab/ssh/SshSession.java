package vmlab.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import vmlab.run.LabFailure;
import vmlab.run.Reading;

/** One SSH connection to a node, kept open and used for everything: a new one costs an emulated guest seconds. Safe for several threads. */
public final class SshSession implements AutoCloseable {

    private static final Duration READ_LIMIT = Duration.ofMinutes(1);

    private final SshClient client;
    private final ClientSession session;
    private final String where;

    SshSession(SshClient client, ClientSession session, String where) {
        this.client = client;
        this.session = session;
        this.where = where;
    }

    /**
     * One attempt to connect and log in, of at most {@code timeout}.
     *
     * @param privateKey the user's key file
     * @param expectedHostKey the only host key the node may show
     * @return Ready with a session to be closed; NotYet while nothing answers there; Never when somebody else answers or refuses the key
     */
    public static Reading<SshSession> open(
            InetSocketAddress address, String user, Path privateKey, PublicKey expectedHostKey, Duration timeout)
            throws InterruptedException {
        return new SshLogin(address, user, KeyFiles.read(privateKey), expectedHostKey, timeout).attempt();
    }

    /** Runs a command in the user's shell and returns its stdout; a {@link LabFailure} with the end of its stderr if it fails. */
    public String exec(String command, Duration limit) throws InterruptedException {
        return succeeded(command, run(command, limit)).stdout();
    }

    /** Runs a command in the user's shell, however it ends; a {@link LabFailure} only if it does not end within {@code limit}. */
    public CommandResult run(String command, Duration limit) throws InterruptedException {
        try {
            return RemoteCommand.run(session, command, limit, where);
        } catch (IOException | IllegalStateException error) {
            throw LabFailure.lab(
                            "the SSH connection to " + where + " broke",
                            error.getMessage() + ", at: " + command,
                            "lab console shows whether the node still runs")
                    .causedBy(error);
        }
    }

    /** The whole content of a file on the node. */
    public byte[] read(String path) throws InterruptedException {
        String command = "cat -- '" + path.replace("'", "'\\''") + "'";
        return succeeded(command, run(command, READ_LIMIT)).output();
    }

    /** Lets the node connect to {@code target}: Ready with a way there, or NotYet with the reason that the node was given. */
    public Reading<Tunnel> tunnel(InetSocketAddress target, Duration limit) {
        return Tunnel.open(session, target, limit);
    }

    /** Whether the connection still stands; a guest that was cut off is noticed at the next command or keepalive. */
    public boolean isOpen() {
        return session.isOpen();
    }

    /** Ends the connection at once. */
    @Override
    public void close() {
        session.close(true);
        client.stop();
    }

    private CommandResult succeeded(String command, CommandResult result) {
        if (result.exit() == 0) {
            return result;
        }
        throw LabFailure.lab(
                "a command failed on " + where,
                "exit status " + result.exit() + " of: " + command
                        + (result.lastLines(5).isEmpty() ? "" : "\n" + result.lastLines(5)),
                "lab ssh opens a shell there to look");
    }
}
