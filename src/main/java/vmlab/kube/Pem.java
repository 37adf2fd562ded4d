package vmlab.kube;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import vmlab.run.LabFailure;

/** Keys and certificates as PEM text. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private Pem() {}

    static String of(X509Certificate certificate) {
        try {
            return text("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException error) {
            throw new IllegalStateException("a certificate of our own can't be encoded", error);
        }
    }

    /** PKCS#8: {@code BEGIN PRIVATE KEY}. */
    static String pkcs8(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    /** PKCS#1: {@code BEGIN RSA PRIVATE KEY}, the one form in which k0s reads the service-account key. */
    static String pkcs1(PrivateKey key) {
        try {
            byte[] inner = PrivateKeyInfo.getInstance(key.getEncoded())
                    .parsePrivateKey()
                    .toASN1Primitive()
                    .getEncoded();
            return text("RSA PRIVATE KEY", inner);
        } catch (IOException error) {
            throw new IllegalStateException("an RSA key of our own can't be encoded", error);
        }
    }

    static String text(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    /** The bytes of the first block; {@link GeneralSecurityException} if there is none. */
    static byte[] der(String text) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new GeneralSecurityException("there is no PEM block in it");
        }
        return Base64.getMimeDecoder().decode(block.group(2));
    }

    static X509Certificate certificate(String text) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** What kind of key a certificate is over: {@code RSA} or {@code EC}. */
    static String algorithm(String certificate) {
        return parsed(certificate).getPublicKey().getAlgorithm();
    }

    /** Until when a certificate is good. */
    static Instant validUntil(String certificate) {
        return parsed(certificate).getNotAfter().toInstant();
    }

    private static X509Certificate parsed(String certificate) {
        try {
            return certificate(certificate);
        } catch (GeneralSecurityException error) {
            throw LabFailure.lab(
                            "a kubeconfig's certificate can't be read",
                            "" + error.getMessage(),
                            "lab up fetches it anew")
                    .causedBy(error);
        }
    }

    static PrivateKey rsaPkcs8(String text) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(text)));
    }
}
