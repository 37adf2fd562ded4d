package vmlab.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/** A real SSH server on the loopback that lets one key in and runs commands with this machine's shell. */
public final class NodeServer implements AutoCloseable {

    final SshServer server = SshServer.setUpDefaultServer();
    public final SshKeyPair hostKey;

    public NodeServer(PublicKey allowed) throws IOException {
        this(allowed, UnaryOperator.identity());
    }

    /** One where {@code instead} says which command runs in the place of the one asked for: nothing of this machine is touched. */
    public NodeServer(PublicKey allowed, UnaryOperator<String> instead) throws IOException {
        this(new InetSocketAddress("127.0.0.1", 0), SshKeyPair.generate("node"), allowed, instead);
    }

    /** The same at an address of its own, with the host key that it was given. */
    public NodeServer(InetSocketAddress address, SshKeyPair hostKey, PublicKey allowed, UnaryOperator<String> instead)
            throws IOException {
        this.hostKey = hostKey;
        server.setHost(address.getHostString());
        server.setPort(address.getPort());
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey.keys()));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("root") && KeyUtils.compareKeys(key, allowed));
        server.setCommandFactory((channel, command) -> new ShellCommand(channel, instead.apply(command)));
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.start();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", server.getPort());
    }

    public static Path userKey(Path folder, SshKeyPair pair) {
        Path file = folder.resolve("id_ecdsa");
        KeyFiles.write(pair, file);
        return file;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
