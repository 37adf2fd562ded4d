package vmlab.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vmlab.spec.Forwarding;

class ServiceWayTest {

    private static final Forwarding PORT = Forwarding.parse("8080:default/web:80");

    private static Optional<Service> service(String address, int... ports) {
        ServiceBuilder service = new ServiceBuilder();
        for (int port : ports) {
            service.editOrNewSpec().addNewPort().withPort(port).endPort().endSpec();
        }
        return Optional.of(
                service.editOrNewSpec().withClusterIP(address).endSpec().build());
    }

    @Test
    void aServiceIsAtItsAddress() throws Exception {
        assertThat(ServiceWay.address(service("10.96.0.9", 443, 80), PORT).toString())
                .isEqualTo("/10.96.0.9:80");
    }

    @Test
    void aPortThatItDoesNotHaveIsNamedWithThoseThatItHas() {
        assertThatThrownBy(() -> ServiceWay.address(service("10.96.0.9", 443, 81), PORT))
                .hasMessage("Service default/web has no port 80, but 443, 81");
    }

    @Test
    void oneWithoutAnAddressIsNone() {
        assertThatThrownBy(() -> ServiceWay.address(service("None", 80), PORT))
                .hasMessage("there is no Service default/web with an address");
        assertThatThrownBy(() -> ServiceWay.address(Optional.empty(), PORT))
                .hasMessage("there is no Service default/web with an address");
    }
}
