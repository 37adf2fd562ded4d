package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code images} and {@code pull} of a cluster.yaml. */
class PodImagesTest extends InAWorld {

    private static final String VALID = World.HEAD + "nodes: [{name: cp}]\n";

    @Test
    void filesAndNamesAreToldApart() throws IOException {
        Files.writeString(folder.resolve("app.tar"), "");
        Files.createDirectory(folder.resolve("layout"));

        assertThat(world.cluster(VALID + "images: [app.tar, ./layout, nginx, r.example/db:3]\npull: never\n")
                        .podImages())
                .satisfies(images -> {
                    assertThat(images.files()).containsExactly(folder.resolve("app.tar"), folder.resolve("layout"));
                    assertThat(images.names()).hasToString("[docker.io/library/nginx:latest, r.example/db:3]");
                    assertThat(images.pull()).isEqualTo(PodImages.Pull.NEVER);
                });
    }

    @Test
    void whatIsThereTwiceIsTakenOnce() throws IOException {
        Files.writeString(folder.resolve("app.tar"), "");

        PodImages images = world.cluster(VALID + "images: [app.tar, ./app.tar, nginx, 'nginx:latest']\n")
                .podImages();

        assertThat(images.files()).hasSize(1);
        assertThat(images.names()).hasSize(1);
    }

    @Test
    void aTildeIsNoHomeHere() {
        assertThat(world.said(VALID + "images: [~/app.tar]\n"))
                .singleElement()
                .asString()
                .contains("write out the path of your home");
    }

    @Test
    void whatIsNeitherIsRefusedAllAtOnce() {
        assertThat(world.said(VALID + "images: [./none.tar, 'App:1', '']\npull: always\n"))
                .hasSize(4)
                .anySatisfy(said -> assertThat(said).contains("images[0]: there is no file", "none.tar"))
                .anySatisfy(said -> assertThat(said).contains("images[1]: 'App:1' is no name of an image"))
                .anySatisfy(said -> assertThat(said).contains("images[2]: has no value"))
                .anySatisfy(said -> assertThat(said).contains("pull: 'always' is unknown"));
    }
}
