package vmlab.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What came with lab: recipes, cluster.yaml files, scripts. They lie in a checkout, or where a package put them. */
public final class Shipped {

    private Shipped() {}

    private static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty("lab.home.dir"))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .map(Path::normalize);
    }

    /** The recipe or cluster.yaml that whoever named {@code missing} may have meant. */
    static Optional<Path> insteadOf(Path missing) {
        String name = String.valueOf(missing.getFileName());
        return folder().flatMap(own -> Stream.of("images", "labs")
                .map(each -> own.resolve(each).resolve(name))
                .filter(Files::isRegularFile)
                .findFirst());
    }

    /** A text that names scripts and recipes of lab's, so that both can be used from the working folder. */
    public static String fromHere(String text) {
        return folder().filter(own -> !own.equals(Path.of("").toAbsolutePath()))
                .map(own -> text.replaceAll("(?<![\\w/])(?=scripts/(setup|quickstart)|images/debian)", own + "/"))
                .orElse(text);
    }
}
