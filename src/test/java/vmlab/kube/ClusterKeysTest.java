package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;

class ClusterKeysTest {

    private static ClusterKeys keys;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        keys = ClusterKeys.create();
    }

    @Test
    void everyAuthorityMaySignAndHasItsOwnKey() throws Exception {
        for (String name : List.of("ca", "front-proxy-ca", "etcd/ca")) {
            X509Certificate certificate = Pem.certificate(keys.files().get(name + ".crt"));
            assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
            assertThat(certificate.getKeyUsage()[5]).as("keyCertSign").isTrue();
            assertThat(certificate.getKeyUsage()[6]).as("cRLSign").isTrue();
            certificate.verify(certificate.getPublicKey());
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(Pem.rsaPkcs8(keys.files().get(name + ".key")));
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            assertThat(signature.verify(signed)).isTrue();
        }
    }

    @Test
    void theServiceAccountKeyIsPkcs1AndItsPublicHalfFits() throws Exception {
        assertThat(keys.files().get("sa.key")).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(keys.files().get("sa.pub")).startsWith("-----BEGIN PUBLIC KEY-----");
        var secret = RSAPrivateKey.getInstance(
                ASN1Sequence.getInstance(Pem.der(keys.files().get("sa.key"))));
        var open = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Pem.der(keys.files().get("sa.pub"))));
        assertThat(open.getModulus())
                .isEqualTo(secret.getModulus())
                .extracting(it -> it.bitLength())
                .isEqualTo(2048);
    }

    @Test
    void anAdminsCertificateIsTrustedThroughTheCaEvenByAGuestWhoseClockIsBehind() throws Exception {
        Kubeconfig admin = keys.adminKubeconfig("demo", "https://10.77.0.2:6443");
        X509Certificate certificate = Pem.certificate(admin.certificate());
        assertThat(certificate.getSubjectX500Principal().getName()).contains("O=system:masters");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        var parameters = new PKIXParameters(
                Set.of(new TrustAnchor(Pem.certificate(keys.files().get("ca.crt")), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(Instant.now().minus(Duration.ofHours(23))));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
    }

    @Test
    void keysReadBackAreTheKeysWritten() throws Exception {
        assertThat(ClusterKeys.exist(folder)).isFalse();
        keys.write(folder.resolve("pki"));
        assertThat(ClusterKeys.exist(folder.resolve("pki"))).isTrue();
        assertThat(ClusterKeys.read(folder.resolve("pki"))).isEqualTo(keys);
        assertThat(mode("pki/etcd/ca.key")).isEqualTo("rw-------");
        assertThat(mode("pki/sa.key")).isEqualTo("rw-------");
        assertThat(mode("pki/ca.crt")).isEqualTo("rw-r--r--");
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        keys.write(folder);
        Files.delete(folder.resolve("etcd/ca.crt"));
        assertThatThrownBy(() -> ClusterKeys.read(folder))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("etcd/ca.crt");
    }

    private String mode(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }
}
