package vmlab.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code images} and {@code pull}. */
final class PodImagesReader {

    /** What is meant as a file; anything else is a name. */
    private static final Pattern PATH = Pattern.compile("\\.{0,2}/.*|.*\\.(tar|tar\\.gz|tgz|oci)");

    private static final Type<PodImages.Pull> PULL = Type.oneOf(List.of(PodImages.Pull.values()));

    private PodImagesReader() {}

    static PodImages read(Fields fields) {
        Set<Path> files = new LinkedHashSet<>();
        Set<ImageName> names = new LinkedHashSet<>();
        Type<String> each = (value, problems) -> {
            Optional<String> text = Type.text().read(value, problems);
            if (text.isPresent() && PATH.matcher(text.get()).matches()) {
                existing(text.get()).read(value, problems).ifPresent(files::add);
            } else if (text.isPresent()) {
                Type.text().as(ImageName::parse).read(value, problems).ifPresent(names::add);
            }
            return text;
        };
        fields.read("images", Type.listOf(each));
        return new PodImages(
                List.copyOf(files),
                List.copyOf(names),
                fields.read("pull", PULL).orElse(PodImages.Pull.MISSING));
    }

    private static Type<Path> existing(String text) {
        return (value, problems) -> (Files.isDirectory(
                                Neighbour.resolve(value.place().file(), text))
                        ? Neighbour.FOLDER
                        : Neighbour.FILE)
                .read(value, problems);
    }
}
