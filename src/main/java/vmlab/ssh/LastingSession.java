package vmlab.ssh;

import java.time.Duration;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Reading.Never;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;

/** A session with a node, opened anew when its connection breaks: on KubeVirt the way to a node is long, and nothing is lost but a question. */
public final class LastingSession implements AutoCloseable {

    /** One attempt to log in. */
    @FunctionalInterface
    public interface Login {
        Reading<SshSession> attempt() throws InterruptedException;
    }

    private final SshSession first;
    private final Login login;
    private SshSession session;

    /** Goes on with {@code first}, which stays its owner's to close. */
    public LastingSession(SshSession first, Login login) {
        this.first = first;
        this.login = login;
        this.session = first;
    }

    /** The result of a command, as {@link SshSession#run} has it; NotYet where the connection broke, to be asked again. */
    public Reading<CommandResult> run(String command, Duration limit) throws InterruptedException {
        if (!session.isOpen()) {
            switch (login.attempt()) {
                case Ready<SshSession>(var anew) -> {
                    close();
                    session = anew;
                }
                case NotYet<SshSession>(var why) -> {
                    return new NotYet<>(why);
                }
                case Never<SshSession>(var why, var next) -> {
                    return new Never<>(why, next);
                }
            }
        }
        try {
            return new Ready<>(session.run(command, limit));
        } catch (LabFailure failure) {
            if (session.isOpen()) {
                throw failure;
            }
            return new NotYet<>(failure.what());
        }
    }

    @Override
    public void close() {
        if (session != first) {
            session.close();
        }
    }
}
