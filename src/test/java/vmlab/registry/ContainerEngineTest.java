package vmlab.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.machine.Needs;
import vmlab.run.Environment;
import vmlab.run.Run;

/** What the real Podman has. */
class ContainerEngineTest {

    private static final String NAME = "localhost/lab-test:1";

    @TempDir
    private Path folder;

    @Test
    void anImageIsLoadedByNameAndAnIdIsNoneThatPodsCouldAskFor() throws Exception {
        Needs.programs("podman");
        String id = podman(
                "import",
                MadeImage.tar(Files.createDirectory(folder.resolve("root"))).toString());
        try {
            String beginning = id.substring(0, 12);
            assertThatThrownBy(() -> load(beginning)).hasMessageContaining("has no name");
            podman("tag", id, NAME);

            assertThat(load(NAME)).extracting(StoredImage::name).containsExactly(NAME);
        } finally {
            podman("rmi", "--force", id);
        }
    }

    private List<StoredImage> load(String text) throws InterruptedException {
        return new Loading(new ContainerStore(folder.resolve("cache")), Optional.empty())
                .load(text, InputStream.nullInputStream(), new Run(event -> {}));
    }

    private static String podman(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(List.of(arguments));
        try (InputStream stdout = Environment.process(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .getInputStream()) {
            return new String(stdout.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .replaceFirst("^sha256:", "");
        }
    }
}
