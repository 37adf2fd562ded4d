package vmlab.diagnose;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.EventLog;

/** Evidence as a file, so that a lab which is gone can still be asked what was wrong with it. The events lie beside it, as they were told. */
public final class EvidenceFile {

    private static final String ENDING = ".evidence.json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record Saved(String node, String address, String machine, Evidence.Host host, Map<Source, String> texts) {}

    private EvidenceFile() {}

    /** Writes {@code NODE.evidence.json} and {@code NODE.events.jsonl} into {@code folder}. */
    public static void write(Evidence evidence, Path folder) {
        try {
            Saved kept = new Saved(
                    evidence.node(), evidence.address(), evidence.machine(), evidence.host(), evidence.texts());
            AtomicFile.write(
                    folder.resolve(evidence.node() + ".events.jsonl"),
                    evidence.events().stream()
                            .map(event -> EventLog.line(event) + "\n")
                            .collect(Collectors.joining()),
                    Readers.OWNER);
            // Half a file could not be read again.
            AtomicFile.write(
                    folder.resolve(evidence.node() + ENDING),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(kept),
                    Readers.OWNER);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** All evidence in {@code folder}, by node; none where there is no such folder. */
    public static List<Evidence> read(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Evidence> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList()) {
                Saved kept = JSON.readValue(file.toFile(), Saved.class);
                all.add(new Evidence(
                        kept.node(),
                        kept.address(),
                        kept.machine(),
                        kept.host(),
                        EventLog.read(folder.resolve(kept.node() + ".events.jsonl")),
                        kept.texts()));
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return all;
    }
}
