package vmlab.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import vmlab.run.LabFailure;

/** One command on an open connection, from its start to its exit status. */
final class RemoteCommand {

    private RemoteCommand() {}

    static CommandResult run(ClientSession session, String command, Duration limit, String where)
            throws IOException, InterruptedException {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(output);
            channel.setErr(errors);
            // MINA's own wait swallows interruptions; a latch does not.
            var closed = new CountDownLatch(1);
            channel.addCloseFutureListener(future -> closed.countDown());
            channel.open().verify(limit);
            channel.getInvertedIn().close();
            if (!closed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                channel.close(true);
                throw tooSlow(command, limit, where, new CommandResult(-1, output.toByteArray(), errors.toByteArray()));
            }
            return new CommandResult(exit(channel), output.toByteArray(), errors.toByteArray());
        } catch (InterruptedIOException interrupted) {
            throw new InterruptedException(interrupted.getMessage());
        } catch (SshChannelOpenException refused) {
            throw new IOException("the node opens no further channel: " + refused.getMessage(), refused);
        }
    }

    private static int exit(ChannelExec channel) {
        return Optional.ofNullable(channel.getExitStatus())
                .orElseGet(() -> channel.getExitSignal() == null ? -1 : 128 + Signals.number(channel.getExitSignal()));
    }

    private static LabFailure tooSlow(String command, Duration limit, String where, CommandResult soFar) {
        String said = soFar.lastLines(3);
        return LabFailure.lab(
                "a command on " + where + " did not end within " + limit.toSeconds() + " s",
                command + (said.isEmpty() ? " (it wrote nothing)" : "\n" + said),
                "lab console shows what the node is busy with");
    }
}
