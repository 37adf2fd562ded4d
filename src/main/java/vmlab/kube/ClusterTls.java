package vmlab.kube;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** HTTPS as a cluster's API server has it, with a certificate of the cluster's CA: for {@code lab train}, and for tests. */
public final class ClusterTls {

    private ClusterTls() {}

    /** A server at a free port of 127.0.0.1 that has no answers yet and is not started. */
    public static HttpsServer server(ClusterKeys cluster) throws GeneralSecurityException, IOException {
        return server(cluster, new InetSocketAddress("127.0.0.1", 0));
    }

    /** {@code https://127.0.0.1:port}. */
    public static String url(HttpsServer server) {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The same at an address that is given. */
    public static HttpsServer server(ClusterKeys cluster, InetSocketAddress address)
            throws GeneralSecurityException, IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(cluster, address.getHostString())));
        return server;
    }

    private static SSLContext context(ClusterKeys cluster, String host) throws GeneralSecurityException, IOException {
        KeyPair pair = CertificateAuthority.rsa();
        var authority = new CertificateAuthority(
                Pem.certificate(cluster.files().get("ca.crt")),
                Pem.rsaPkcs8(cluster.files().get("ca.key")));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", pair.getPrivate(), new char[0], new Certificate[] {sign(authority, pair.getPublic(), host)});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** The certificate of a server at {@code address}, and on loopback. */
    static X509Certificate sign(CertificateAuthority authority, PublicKey key, String address)
            throws GeneralSecurityException {
        var builder = new JcaX509v3CertificateBuilder(
                authority.certificate().getSubjectX500Principal(),
                BigInteger.TWO,
                Date.from(Instant.now().minus(Duration.ofHours(1))),
                Date.from(Instant.now().plus(Duration.ofHours(1))),
                new X500Principal("CN=kube-apiserver"),
                key);
        var names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.iPAddress, address), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
        try {
            builder.addExtension(Extension.subjectAlternativeName, false, names);
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(authority.key())));
        } catch (CertIOException | OperatorCreationException error) {
            throw new GeneralSecurityException("a certificate for " + address + " can't be signed", error);
        }
    }
}
