package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import vmlab.run.Run;

/** Builds of one image, to be killed. */
public final class KilledBuild {

    private final World world;

    /** All that it needs is made in {@code folder}. */
    public KilledBuild(Path folder) throws IOException {
        this.world = new World(folder);
        // Refuses to begin with what another try left.
        world.buildScript("[ \"$1\" = --remove ] || [ ! -e \"$1/vmlinuz\" ] || { echo 'half an image'; exit 1; }\n"
                + World.BUILDS);
    }

    /** Builds in {@code folder}, which is the world's as the build is to see it, and tells of each event. */
    public void run(Path folder, Consumer<String> told) throws InterruptedException {
        new Images(folder.resolve("cache"), true, world.folder)
                .resolve(
                        world.path("recipe.yaml"),
                        new Run(event -> told.accept(event.getClass().getSimpleName())));
    }

    /** The image is there with every byte of it, and nothing else is. */
    public void isWhole() throws InterruptedException, IOException {
        assertThat(world.images(false).verify(List.of()).values()).containsExactly(List.of());
        try (Stream<Path> files = Files.list(world.path("cache/images"))) {
            assertThat(files.map(file -> file.getFileName().toString())).allMatch(name -> name.matches("[0-9a-f]{64}"));
        }
    }

    /** Begins anew, with what earlier builds kept. */
    public void clear() throws IOException, InterruptedException {
        world.images(false).list().forEach(world.images(false)::remove);
    }
}
