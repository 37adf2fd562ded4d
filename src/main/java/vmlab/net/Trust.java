package vmlab.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whose certificates are trusted: those that Java brings, and those of this machine, among which a company's own CA is, as curl, git, docker
 * and podman have them.
 */
public final class Trust {

    /** Where distributions keep them all in one file: Debian and Arch, Fedora, openSUSE. */
    private static final List<String> BUNDLES =
            List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem");

    /** Where docker and podman look for the CA of one registry, in a folder of its name. */
    private static final List<String> OF_REGISTRIES = List.of("/etc/docker/certs.d", "/etc/containers/certs.d");

    private Trust() {}

    /** For servers that are no registry; {@code SSL_CERT_FILE} of the environment stands for this machine's. */
    public static SSLContext of(Map<String, String> environment) {
        return of(machine(environment).stream().toList());
    }

    /** The same and what is trusted of one registry, {@code HOST} or {@code HOST:PORT}. */
    public static SSLContext ofRegistry(String registry, Map<String, String> environment) {
        List<Path> files = new ArrayList<>(machine(environment).stream().toList());
        for (String folder : OF_REGISTRIES) {
            try (DirectoryStream<Path> its = Files.newDirectoryStream(Path.of(folder, registry), "*.crt")) {
                its.forEach(files::add);
            } catch (IOException none) {
                // Most registries have none.
            }
        }
        return of(files);
    }

    private static Optional<Path> machine(Map<String, String> environment) {
        return Stream.concat(
                        Optional.ofNullable(environment.get("SSL_CERT_FILE")).filter(file -> !file.isBlank()).stream(),
                        BUNDLES.stream())
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst();
    }

    /** Java's own and all in {@code files}, PEM each. */
    static SSLContext of(List<Path> files) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (TrustManager java : managers(null)) {
                if (java instanceof X509TrustManager its) {
                    add(store, List.of(its.getAcceptedIssuers()));
                }
            }
            for (Path file : files) {
                add(store, read(file));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("a store in memory takes certificates", impossible);
        }
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static void add(KeyStore store, List<? extends Certificate> certificates) throws GeneralSecurityException {
        for (Certificate each : certificates) {
            store.setCertificateEntry("ca" + store.size(), each);
        }
    }

    /** What is no certificate, and a file that went meanwhile, is passed over: the connection then says whom it does not trust. */
    private static List<X509Certificate> read(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException | IOException unreadable) {
            return List.of();
        }
    }
}
