package vmlab.cli;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.run.Environment;

/** The user's browser. */
final class Browser {

    private Browser() {}

    /** Opens a page, or says where it is when there is nothing here to open it with. */
    static void open(URI page, Output output) throws InterruptedException {
        Stream<String> candidates =
                Stream.concat(Optional.ofNullable(System.getenv("BROWSER")).stream(), Stream.of("xdg-open", "open"));
        for (String program : candidates.toList()) {
            if (starts(program, page)) {
                return;
            }
        }
        output.line("%s", page);
    }

    /** Its own words, of which desktops have many, are not ours. */
    private static boolean starts(String program, URI page) throws InterruptedException {
        try {
            return Environment.process(List.of(program, page.toString()))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
