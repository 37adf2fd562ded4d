package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ports} in cluster.yaml: which port of this machine leads where. */
class ForwardingTest extends InAWorld {

    private static String ports(String list) {
        return World.HEAD + "nodes: [{name: cp}]\nports: " + list + "\n";
    }

    @Test
    void aPortLeadsToANodeOrToAService() {
        assertThat(world.cluster(ports("[8080:cp:30080, '8443:default/web:443']"))
                        .ports())
                .isEqualTo(List.of(new Forwarding(8080, "cp", 30080), new Forwarding(8443, "default/web", 443)));
        assertThat(Forwarding.parse("8443:default/web:443"))
                .hasToString("8443:default/web:443")
                .satisfies(it -> {
                    assertThat(it.namespace()).isEqualTo("default");
                    assertThat(it.service()).isEqualTo("web");
                });
    }

    @Test
    void allThatIsWrongWithPortsIsSaidAtOnce() {
        assertThat(world.said(ports(
                        "[80:cp:80, 8080:cp:30080, 8080:default/web:80, 8081:cpp:30080, 8082:80, 8083:cp:70000]")))
                .containsExactly(
                        "cluster.yaml:5:8: ports: forwards port 8080 twice; take another for one of them",
                        "cluster.yaml:5:8: ports: 8081:cpp:30080 leads to node 'cpp', which there is not; did you mean"
                                + " 'cp'? valid here: cp",
                        "cluster.yaml:5:9: ports[0]: '80:cp:80' takes port 80 of this machine; one from 1024 to 65535",
                        "cluster.yaml:5:71: ports[4]: '8082:80' is no port to forward; write 8080:NODE:30080, or"
                                + " 8080:NAMESPACE/SERVICE:80",
                        "cluster.yaml:5:80: ports[5]: '8083:cp:70000' leads to port 70000; one from 1 to 65535");
    }

    @Test
    void aRepositoryElsewhereOnAnIsolatedNetworkIsWarnedOf() {
        assertThat(world.cluster(
                                World.HEAD
                                        + "nodes: [{name: cp}]\nnetwork: {mode: isolated}\nprovision: {git: 'https://git.example/x'}\n")
                        .warnings())
                .singleElement()
                .asString()
                .contains("network.mode is isolated");
    }
}
