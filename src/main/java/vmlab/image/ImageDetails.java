package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is known of an image.
 *
 * @param built when
 * @param usedBy folders of labs that boot it
 * @param packages by name
 * @param inputs what it was made from, see {@link ImageInputs}
 */
public record ImageDetails(
        BootImage image, String built, Set<String> usedBy, List<Package> packages, Map<String, String> inputs) {

    /**
     * A package inside.
     *
     * @param kib its size installed, as its maker says
     */
    public record Package(String name, String version, String arch, long kib) {

        static Package of(String line) {
            String[] words = (line + " - - 0").split(" ");
            return new Package(words[0], words[1], words[2], words[3].matches("[0-9]+") ? Long.parseLong(words[3]) : 0);
        }
    }

    static ImageDetails of(ImageStore.Stored stored, Uses uses) throws IOException {
        Description said = stored.description();
        return new ImageDetails(
                stored.image(), said.built(), uses.labs(said.digest()), packages(stored.folder()), said.inputs());
    }

    static List<Package> packages(Path folder) throws IOException {
        Path list = folder.resolve("packages.txt");
        return Files.exists(list)
                ? Files.readAllLines(list).stream().map(Package::of).toList()
                : List.of();
    }
}
