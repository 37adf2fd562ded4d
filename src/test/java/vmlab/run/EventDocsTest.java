package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/json.md tells of every event there is, with all its fields in their order. */
class EventDocsTest {

    @Test
    void everyEventIsInTheTable() throws IOException {
        String docs = Files.readString(Path.of("docs/json.md"));
        for (Class<?> kind : Event.class.getPermittedSubclasses()) {
            String fields = Stream.of(kind.getRecordComponents())
                    .map(RecordComponent::getName)
                    .filter(name -> !name.equals("at"))
                    .map(name -> "`" + name + "`")
                    .collect(Collectors.joining(", "));
            assertThat(docs).contains("| `" + kind.getSimpleName() + "` | " + fields + " |");
        }
    }
}
