package vmlab.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;
import vmlab.spec.PodImages;

class WantedImagesTest {

    private static final Run RUN = new Run(event -> {});

    @TempDir
    Path folder;

    @Test
    void aFileIsReadAgainOnlyOnceItChangedOrItsImageIsGone() throws Exception {
        ContainerStore store = new ContainerStore(folder.resolve("cache"));
        WantedImages images = new WantedImages(store, Map.of());
        Path tar = MadeImage.tar(MadeImage.of("one").layout(folder.resolve("app"), Optional.of("r.example/app:1")));
        PodImages wanted = new PodImages(List.of(tar), List.of(), PodImages.Pull.NEVER);

        assertThat(images.missing(wanted)).containsExactly(tar.toString());
        assertThat(images.fetch(tar.toString(), wanted.pull(), RUN)).containsExactly("r.example/app:1");
        assertThat(images.missing(wanted)).isEmpty();

        store.remove(ImageName.parse("r.example/app:1"), RUN);
        assertThat(images.missing(wanted)).containsExactly(tar.toString());

        images.fetch(tar.toString(), wanted.pull(), RUN);
        Files.delete(tar);
        MadeImage.tar(MadeImage.of("another").layout(folder.resolve("app"), Optional.of("r.example/app:1")));
        assertThat(images.missing(wanted)).containsExactly(tar.toString());
    }

    @Test
    void aFileThatIsNoImageIsRefusedBeforeAnythingIsDone() throws Exception {
        WantedImages images = new WantedImages(new ContainerStore(folder.resolve("cache")), Map.of());
        Path text = Files.writeString(folder.resolve("app.txt"), "no image");

        assertThatThrownBy(() -> images.missing(new PodImages(List.of(text), List.of(), PodImages.Pull.NEVER)))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).contains("neither an archive"));
    }

    @Test
    void aNameThatNobodyHasIsRefusedWhereNothingMayBePulled() {
        WantedImages images = new WantedImages(new ContainerStore(folder), Map.of());
        String name = "lab-test.example/none:1";

        assertThat(images.missing(new PodImages(List.of(), List.of(ImageName.parse(name)), PodImages.Pull.NEVER)))
                .containsExactly(name);
        assertThatThrownBy(() -> images.fetch(name, PodImages.Pull.NEVER, RUN))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.next()).contains("lab images pull " + name));
    }
}
