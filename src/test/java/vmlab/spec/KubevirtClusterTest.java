package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubevirtClusterTest {

    private static final String VALID = "apiVersion: lab/v1\nname: demo\nimage: debian.yaml\nnodes: [{name: cp}]\n";

    @TempDir
    private Path folder;

    @Test
    void clusterYamlSaysInABlockWhatConnectSaysOnOneLine() {
        String engine = World.in(folder).cluster(VALID + """
                        engine:
                          kubevirt:
                            context: default/api.example:6443/ann@corp
                            gateway: registry.example:5000/lab/gateway
                            storageClass: fast
                            network: default/labs
                            prefix: ann-
                            nodeSelector: {zone: a, kubernetes.io/os: linux}
                        """).engine().orElseThrow();

        assertThat(engine)
                .isEqualTo(
                        "kubevirt:default/api.example:6443/ann@corp?gateway=registry.example:5000/lab/gateway"
                                + "&network=default/labs&node.kubernetes.io/os=linux&node.zone=a&prefix=ann-&storageClass=fast");
        KubevirtCluster read = KubevirtCluster.parse(engine).orElseThrow();
        assertThat(read.context()).isEqualTo("default/api.example:6443/ann@corp");
        assertThat(read.nodeSelector()).isEqualTo(Map.of("zone", "a", "kubernetes.io/os", "linux"));
        assertThat(read.setting("storageClass")).contains("fast");
        assertThat(read).hasToString(engine);
    }

    @ParameterizedTest
    @CsvSource({"kubevirt:", "kubevirt:a%20b%3Fc%26d", "kubevirt:x?prefix=lab-"})
    void aLineIsReadAndWrittenTheSame(String line) {
        assertThat(KubevirtCluster.parse(line).orElseThrow()).hasToString(line);
    }

    @Test
    void libvirtsAddressIsNone() {
        assertThat(KubevirtCluster.parse("qemu:///system")).isEmpty();
        assertThat(KubevirtCluster.parse("embedded")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                         | engine.kubevirt: is missing",
                "{kubevirt: {gateway: 'reg.example/lab:1'}} | 'reg.example/lab:1' is not valid",
                "{kubevirt: {gateway: lab}}                 | 'lab' is not valid",
                "{kubevirt: {network: labs}}                | a NetworkAttachmentDefinition, NAMESPACE/NAME",
                "{kubevirt: {prefix: Ann-}}                 | what names of namespaces begin with",
                "{kubevirt: {nodeSelector: {'a b': c}}}     | a label's name"
            })
    void whatCanNotBeIsRefused(String engine, String why) {
        assertThat(String.join("\n", World.in(folder).said(VALID + "engine: " + engine)))
                .contains(why);
    }
}
