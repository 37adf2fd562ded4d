package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurroundingsTest {

    private static Surroundings of(Map<String, String> env) {
        return Surroundings.of(env, Path.of("/opt/lab"));
    }

    @Test
    void insideTheEmbeddedHostLibvirtIsTheUsualOne() {
        Surroundings here = of(Map.of("LAB_EMBEDDED", "1", "LAB_CONNECT", "embedded", "HOME", "/home/ann"));

        assertThat(here.connect()).contains("qemu:///system");
        assertThat(here.embedded()).isTrue();
    }

    @Test
    void withoutAHostThereIsNothingToAsk() {
        assertThat(of(Map.of("LAB_CONNECT", "none", "HOME", "/home/ann")).connect())
                .isEmpty();
        assertThat(of(Map.of("LAB_CONNECT", "none", "HOME", "/home/ann"))
                        .inventory()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void foldersFollowTheirVariablesInThisOrder() {
        assertThat(of(Map.of("HOME", "/home/ann")).home()).isEqualTo(Path.of("/home/ann/.local/share/lab"));
        assertThat(of(Map.of("HOME", "/home/ann", "XDG_CACHE_HOME", "/c")).cache())
                .isEqualTo(Path.of("/c/lab"));
        assertThat(of(Map.of("HOME", "/home/ann", "LAB_HOME", "/l")).home()).isEqualTo(Path.of("/l"));
    }
}
