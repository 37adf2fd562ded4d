package vmlab.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import vmlab.run.Reading;

/** A way through a node: what connects to {@link #entrance} here comes from the node there. Needs no program on the node but sshd. */
public final class Tunnel implements AutoCloseable {

    private final ClientSession session;
    private final SshdSocketAddress entrance;

    private Tunnel(ClientSession session, SshdSocketAddress entrance) {
        this.session = session;
        this.entrance = entrance;
    }

    /**
     * Lets the node connect to {@code target}.
     *
     * @return Ready with a way there; NotYet with the reason that the node's own kernel gave: {@code Connection refused}
     */
    static Reading<Tunnel> open(ClientSession session, InetSocketAddress target, Duration limit) {
        var local = new SshdSocketAddress("127.0.0.1", 0);
        var remote = new SshdSocketAddress(target.getHostString(), target.getPort());
        try {
            try (ChannelDirectTcpip trial = session.createDirectTcpipChannel(local, remote)) {
                trial.open().verify(limit);
            }
            return new Reading.Ready<>(new Tunnel(session, session.startLocalPortForwarding(local, remote)));
        } catch (IOException error) {
            Throwable root = error;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return new Reading.NotYet<>(String.valueOf(root.getMessage()));
        }
    }

    /** Where to connect to, on this host's loopback. */
    public InetSocketAddress entrance() {
        return entrance.toInetSocketAddress();
    }

    @Override
    public void close() {
        try {
            session.stopLocalPortForwarding(entrance);
        } catch (IOException gone) {
            // It ends with the session at the latest.
        }
    }
}
