package vmlab.libvirt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Run;

/**
 * What a machine is besides its memory and its disks: its processors and devices, a megabyte. QEMU calls writing and reading it a
 * migration; memory that is a shared file is left out of it (docs/system/vm-templating in QEMU's sources).
 *
 * @param monitor answers a command of QEMU's machine protocol
 */
record StateFile(Path file, UnaryOperator<String> monitor) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(10);

    void save() {
        withoutMemory("migrate", "write the state of a machine");
    }

    void load() {
        withoutMemory("migrate-incoming", "read the state of a machine");
    }

    /** Left on, the capability would spoil what libvirt itself saves of this machine later. */
    private void withoutMemory(String command, String doing) {
        leaveOutMemory(true);
        try {
            ask(command, Map.of("uri", "file:" + file));
            new Run(event -> {}).await("", doing, LIMIT).every(PAUSE).until(this::progress);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw failure(doing, "it was interrupted");
        } finally {
            leaveOutMemory(false);
        }
    }

    private void leaveOutMemory(boolean isLeftOut) {
        ask(
                "migrate-set-capabilities",
                Map.of("capabilities", List.of(Map.of("capability", "x-ignore-shared", "state", isLeftOut))));
    }

    private Reading<String> progress() {
        JsonNode said = ask("query-migrate", Map.of());
        String status = said.path("status").asText("none");
        return switch (status) {
            case "completed" -> new Reading.Ready<>(status);
            case "failed", "cancelled" ->
                new Reading.Never<>("QEMU: " + said.path("error-desc").asText(status), "lab up --fresh boots cold");
            default -> new Reading.NotYet<>("QEMU: " + status);
        };
    }

    private JsonNode ask(String command, Map<String, ?> arguments) {
        try {
            String text = JSON.writeValueAsString(
                    arguments.isEmpty()
                            ? Map.of("execute", command)
                            : Map.of("execute", command, "arguments", arguments));
            JsonNode answer = JSON.readTree(monitor.apply(text));
            if (answer.has("error")) {
                throw failure("do " + command, answer.path("error").path("desc").asText());
            }
            return answer.path("return");
        } catch (JsonProcessingException garbage) {
            throw failure("answer to " + command, String.valueOf(garbage.getOriginalMessage()));
        }
    }

    private static LabFailure failure(String doing, String why) {
        return LabFailure.lab("QEMU could not " + doing, why, "lab up --fresh boots cold");
    }
}
