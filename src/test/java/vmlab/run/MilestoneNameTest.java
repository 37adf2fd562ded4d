package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MilestoneNameTest {

    /** As images/debian/usr/lib/lab/milestone is called, and {@code end}, which says one. */
    private static final Pattern SAID = Pattern.compile("(?m)(?:^|[;&|]|\\bdo|\\bthen)\\s*milestone ([a-z][a-z0-9-]*)");

    private static final Pattern END = Pattern.compile("/usr/lib/lab/end ([a-z]+)");

    @Test
    void whatOurImagesSayIsKnown() throws IOException {
        List<String> said;
        try (Stream<Path> files = Files.walk(Path.of("images/debian"))) {
            said = files.filter(Files::isRegularFile)
                    .map(MilestoneNameTest::read)
                    .flatMap(text -> Stream.of(SAID, END)
                            .flatMap(pattern -> pattern.matcher(text).results()))
                    .map((MatchResult result) -> result.group(1))
                    .distinct()
                    .toList();
        }

        assertThat(said).contains("initrd-network", "k0s", "provision-failed", "reboot");
        assertThat(said).allSatisfy(name -> assertThat(MilestoneName.of(name))
                .map(MilestoneName::toString)
                .contains(name));
    }

    @Test
    void whatAnotherImageSaysIsAMilestoneThatLabDoesNotKnow() {
        assertThat(MilestoneName.of("coffee-ready")).isEmpty();
        assertThat(new Event.Milestone(Instant.EPOCH, "cp", "coffee-ready", "").is(MilestoneName.READY))
                .isFalse();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
