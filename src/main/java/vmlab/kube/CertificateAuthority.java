package vmlab.kube;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority as k0s expects to find it: RSA 2048, CA:TRUE, may sign certificates and revocation lists.
 *
 * @param certificate its own, self-signed
 * @param key what it signs with
 */
record CertificateAuthority(X509Certificate certificate, PrivateKey key) {

    private static final Duration LIFE = Duration.ofDays(3650);

    /** As kubeadm's and k0s's own: a year. {@code lab up} renews it in time. */
    private static final Duration CLIENT_LIFE = Duration.ofDays(365);

    /** A guest whose clock is behind refuses a certificate that is new: all of ours are a day old when they are made. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    /** A new authority named {@code CN=commonName}. */
    static CertificateAuthority create(String commonName, Clock clock) throws GeneralSecurityException {
        KeyPair pair = rsa();
        var subject = new X500Principal("CN=" + commonName);
        var certificate = new Signing(
                        subject, subject, pair.getPublic(), pair.getPrivate(), pair.getPublic(), LIFE, clock)
                .sign(builder -> {
                    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
                    builder.addExtension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign));
                });
        return new CertificateAuthority(certificate, pair.getPrivate());
    }

    /** A client certificate over {@code key} for Kubernetes user {@code user} in {@code group}. */
    X509Certificate client(String user, String group, PublicKey key, Clock clock) throws GeneralSecurityException {
        var subject = new X500Principal("CN=" + user + ",O=" + group);
        return new Signing(
                        certificate.getSubjectX500Principal(),
                        subject,
                        key,
                        this.key,
                        certificate.getPublicKey(),
                        CLIENT_LIFE,
                        clock)
                .sign(builder -> {
                    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
                    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                    builder.addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
                });
    }

    /** A new RSA 2048 key pair: some tenths of a second. */
    static KeyPair rsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** What a kind of certificate adds to the common parts. */
    private interface Extensions {
        void addTo(JcaX509v3CertificateBuilder builder) throws IOException;
    }

    private record Signing(
            X500Principal issuer,
            X500Principal subject,
            PublicKey key,
            PrivateKey signer,
            PublicKey signers,
            Duration life,
            Clock clock) {

        X509Certificate sign(Extensions extensions) throws GeneralSecurityException {
            Instant now = clock.instant();
            var builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(127, new SecureRandom()),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(now.plus(life)),
                    subject,
                    key);
            try {
                var names = new JcaX509ExtensionUtils();
                builder.addExtension(Extension.subjectKeyIdentifier, false, names.createSubjectKeyIdentifier(key));
                builder.addExtension(
                        Extension.authorityKeyIdentifier, false, names.createAuthorityKeyIdentifier(signers));
                extensions.addTo(builder);
                return new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer)));
            } catch (IOException | OperatorCreationException error) {
                throw new GeneralSecurityException("a certificate for " + subject + " can't be signed", error);
            }
        }
    }
}
