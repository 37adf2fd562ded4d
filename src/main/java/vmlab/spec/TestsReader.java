package vmlab.spec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one of {@code tests}: what begins like a path is a folder, anything else the name of a suite. */
final class TestsReader {

    private static final Pattern PATH = Pattern.compile("\\.{0,2}/.*|\\.{1,2}");

    static final Type<Tests> ONE = (value, problems) -> {
        Optional<String> text = Type.text().read(value, problems);
        if (text.filter(it -> PATH.matcher(it).matches()).isPresent()) {
            return Neighbour.FOLDER.as(folder -> (Tests) OwnChecks.in(folder)).read(value, problems);
        }
        return text.flatMap(name -> Type.text().as(TestsReader::suite).read(value, problems));
    };

    private TestsReader() {}

    private static Tests suite(String text) {
        return Stream.of(Suite.values())
                .filter(suite -> suite.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> known =
                            Stream.of(Suite.values()).map(Suite::toString).toList();
                    return new InvalidValue(
                            "'" + text + "' is unknown",
                            Suggestion.among(known, text) + ", or a folder of your own checks, such as ./" + text);
                });
    }
}
