package vmlab.kube.smoke;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionSkewTest {

    @ParameterizedTest
    @ValueSource(strings = {"v1.36.0", "v1.36.9+k0s", "v1.33.1+standin"})
    void asOldAsTheApiServerAndThreeBeforeItMayRun(String kubelet) {
        assertThatCode(() -> VersionSkew.require("w1", kubelet, "v1.36.3+k0s")).doesNotThrowAnyException();
    }

    @Test
    void aNewerKubeletIsRefusedWithBothVersions() {
        assertThatThrownBy(() -> VersionSkew.require("w1", "v1.37.0", "v1.36.3"))
                .hasMessageContaining("w1 is newer")
                .hasMessageContaining("v1.37.0")
                .hasMessageContaining("v1.36.3");
    }

    @Test
    void oneThatIsTooOldIsRefused() {
        assertThatThrownBy(() -> VersionSkew.require("w1", "v1.32.9", "v1.36.3"))
                .hasMessageContaining("too old");
    }
}
