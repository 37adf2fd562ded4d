package vmlab.spec;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What a test of files that are read begins with: a folder with an image recipe in it. */
abstract class InAWorld {

    @TempDir
    Path folder;

    World world;

    @BeforeEach
    void aFolderWithARecipe() {
        world = World.in(folder);
    }
}
