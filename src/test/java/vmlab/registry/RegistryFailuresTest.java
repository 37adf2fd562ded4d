package vmlab.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import vmlab.spec.ImageName;

/** Why an image can't be pulled; from registries that answer: {@link PullingTest}. */
class RegistryFailuresTest {

    @Test
    void aRegistryThatIsNotTrustedIsNamedWithWhereItsCaBelongs() {
        var failures = RegistryFailures.ofPull(ImageName.parse("registry.example:5000/app:1"), false);

        var failure = failures.away(
                URI.create("https://registry.example:5000/v2/"),
                Optional.empty(),
                new SSLHandshakeException("PKIX path building failed"));

        assertThat(failure.why()).isEqualTo("registry.example:5000 is not trusted: PKIX path building failed");
        assertThat(failure.next()).contains("/etc/docker/certs.d/registry.example:5000/ca.crt", "SSL_CERT_FILE");
    }
}
