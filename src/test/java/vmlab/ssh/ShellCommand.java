package vmlab.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** What OpenSSH does with an exec request: {@code sh -c}. Reading from a process blocks a thread of the machine, so these are such. */
final class ShellCommand implements Command {

    private final String command;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, close) -> {};
    private Process process;

    ShellCommand(ChannelSession channel, String command) {
        this.command = command;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", command).start();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.ofPlatform().daemon().start(() -> {
                    try (OutputStream to = process.getOutputStream()) {
                        copy(in, to);
                    } catch (IOException ended) {
                        // it did not want to hear the rest
                    }
                });
                Thread errors = Thread.ofPlatform().daemon().start(() -> copy(process.getErrorStream(), err));
                copy(process.getInputStream(), out);
                errors.join();
                exit.onExit(process.waitFor());
            } catch (InterruptedException ended) {
                exit.onExit(255);
            }
        });
    }

    private static void copy(InputStream from, OutputStream to) {
        try (from) {
            byte[] part = new byte[8192];
            // Each part at once: whoever asks waits for the answer before it asks again.
            for (int n = from.read(part); n >= 0; n = from.read(part)) {
                to.write(part, 0, n);
                to.flush();
            }
        } catch (IOException closed) {
            // the client has gone
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        process.destroyForcibly();
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }
}
