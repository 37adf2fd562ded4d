package vmlab.site;

import java.net.InetSocketAddress;
import java.time.Duration;
import vmlab.engine.Road;
import vmlab.plan.LabFolder;
import vmlab.run.Reading;
import vmlab.ssh.KeyFiles;
import vmlab.ssh.SshSession;

/** A node's sshd: where it listens, and the keys by which the two know each other, which are in the lab's folder. */
public record NodeSsh(LabFolder folder, String node, Road road, InetSocketAddress address) {

    /** One on a network of this machine's. */
    public NodeSsh(LabFolder folder, String node, InetSocketAddress address) {
        this(folder, node, Road.DIRECT, address);
    }

    /** Whether it listens: the cheapest question that an emulated node can be asked. */
    public boolean isListening() {
        return new Port(road, address).isOpen();
    }

    /** One attempt to log in, of at most {@code limit}. */
    public Reading<SshSession> login(Duration limit) throws InterruptedException {
        return SshSession.open(
                road.to(address),
                "root",
                folder.sshKey(),
                KeyFiles.read(folder.hostKey(node)).publicKey(),
                limit);
    }
}
