package vmlab.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;

/** A real SSH server on the loopback that lets one key in and runs commands with this machine's shell. */
final class NodeServer implements AutoCloseable {

    final SshServer server = SshServer.setUpDefaultServer();
    final SshKeyPair hostKey = SshKeyPair.generate("node");

    NodeServer(PublicKey allowed) throws IOException {
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey.keys()));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("root") && KeyUtils.compareKeys(key, allowed));
        server.setCommandFactory(ShellCommand::new);
        server.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", server.getPort());
    }

    static Path userKey(Path folder, SshKeyPair pair) {
        Path file = folder.resolve("id_ecdsa");
        KeyFiles.write(pair, file);
        return file;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
