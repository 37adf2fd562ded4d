package vmlab.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** Against a registry on the loopback that takes only what is whole, and of whom it knows. */
class PushingTest {

    private static final Run RUN = new Run(event -> {});

    @TempDir
    Path folder;

    private ContainerStore store;
    private StoredImage image;
    private TakingRegistry registry;

    @BeforeEach
    void serve() throws Exception {
        store = new ContainerStore(folder.resolve("cache"));
        image = new Loading(store, Optional.of(ImageName.parse("app:1")))
                .load(
                        MadeImage.of("hello")
                                .layout(folder.resolve("layout"), Optional.empty())
                                .toString(),
                        InputStream.nullInputStream(),
                        RUN)
                .getFirst();
        registry = TakingRegistry.start();
        registry.login(folder, TakingRegistry.USER);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private String push(String name) throws InterruptedException {
        return new Pushing(store, Map.of("HOME", folder.toString()))
                .push(image, ImageName.parse(registry.name() + "/" + name), RUN)
                .digest();
    }

    @Test
    void theImageIsThereByteForByteItsTagLastAndNothingIsSentTwice() throws Exception {
        assertThat(push("team/app:2")).isEqualTo(image.digest());

        assertThat(registry.asked).last().isEqualTo("manifest 2");
        assertThat(BlobDigest.of(registry.manifests.get("2"))).hasToString(image.digest());
        int sent = registry.asked.size();
        push("team/app:3");
        assertThat(registry.asked.subList(sent, registry.asked.size())).containsExactly("manifest 3");
    }

    @Test
    void aLoginThatMayNotAndARegistryThatDoesNotTakeAreSaid() throws Exception {
        registry.refusal = 507;
        assertThatThrownBy(() -> push("app:1"))
                .hasMessageContaining(registry.name() + "/app:1 can't be pushed")
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).contains("answered 507"));
        registry.refusal = 404;
        assertThatThrownBy(() -> push("app:1"))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.next()).contains("has a repository app"));
        registry.login(folder, "other:wrong");
        assertThatThrownBy(() -> push("app:1"))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.next())
                        .contains("docker login " + registry.name()));
        assertThat(registry.manifests).isEmpty();
    }
}
