package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {

    private static final String DIGEST = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx:latest",
        "nginx:1.29, docker.io/library/nginx:1.29",
        "team/app, docker.io/team/app:latest",
        "index.docker.io/nginx, docker.io/library/nginx:latest",
        "localhost/app:1, localhost/app:1",
        "registry.example/a/b/c:1.2_x-3, registry.example/a/b/c:1.2_x-3",
        "registry.example:5000/app, registry.example:5000/app:latest",
        "a--b/c__d.e, docker.io/a--b/c__d.e:latest",
        "app@" + DIGEST + ", docker.io/library/app@" + DIGEST,
        "r.example/app:1@" + DIGEST + ", r.example/app:1@" + DIGEST
    })
    void namesAreReadAsDockerReadsThem(String written, String full) {
        assertThat(ImageName.parse(written)).hasToString(full);
        assertThat(ImageName.parse(full)).hasToString(full);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-app",
                "App",
                "app:",
                "app:a b",
                "app@sha256:12",
                "../app",
                "r.example/../app",
                "r.example//app",
                "https://r.example/app",
                "app;rm",
                "a__-b",
                "a..b/app",
                "r.example:99999/app"
            })
    void whatIsNoNameIsRefused(String written) {
        assertThatThrownBy(() -> ImageName.parse(written))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("registry.example/team/app");
    }

    /** Each part costs the JDK's matcher some of its stack. */
    @Test
    void whatIsMuchTooLongIsNoName() {
        assertThat(ImageName.find("a/".repeat(50_000) + "a")).isEmpty();
        assertThat(ImageName.find("a-".repeat(50_000) + "a")).isEmpty();
    }
}
