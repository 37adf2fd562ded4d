package vmlab.ssh;

import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * MINA's client, cut down to what talks to a node of ours: elliptic curves, AES, one kind of key, no agent, no forwarding, nothing read
 * from the user's ~/.ssh.
 */
final class MinaClient {

    private static final Duration KEEPALIVE = Duration.ofSeconds(15);

    private MinaClient() {}

    /**
     * A started client that accepts the host key {@code expected} only, and keeps in {@code seen} the one it was shown. The caller stops
     * it.
     */
    static SshClient start(PublicKey expected, AtomicReference<PublicKey> seen, Duration timeout) {
        JdkCryptography.only();
        SshClient client = new ClientBuilder()
                .keyExchangeFactories(List.of(
                        ClientBuilder.DH2KEX.apply(BuiltinDHFactories.ecdhp256),
                        ClientBuilder.DH2KEX.apply(BuiltinDHFactories.curve25519)))
                .signatureFactories(List.of(BuiltinSignatures.nistp256))
                .cipherFactories(List.of(BuiltinCiphers.aes128gcm, BuiltinCiphers.aes128ctr))
                .macFactories(List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha256))
                .compressionFactories(List.of(BuiltinCompressions.none))
                .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
                .serverKeyVerifier((session, address, key) -> {
                    seen.set(key);
                    return KeyUtils.compareKeys(expected, key);
                })
                .build(true);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setNioWorkers(1);
        client.setSessionHeartbeat(HeartbeatType.IGNORE, KEEPALIVE);
        CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, timeout);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, timeout);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
        client.start();
        return client;
    }
}
