package vmlab.libvirt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Memory that is a file of the machine's own is left out. */
    private static final List<String> WITHOUT_MEMORY = List.of("x-ignore-shared");

    /** Memory is written with each page at a place of its own, by several threads. */
    private static final List<String> WITH_MEMORY = List.of("mapped-ram", "multifd");

    private static final int CHANNELS = 2;

    /** On a slow disk, of a machine with much memory. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(10);

    /** Writes it without the memory, which is a file of the machine's own. */
    void save() throws InterruptedException {
        with(WITHOUT_MEMORY, "migrate", "write the state of a machine");
    }

    /** Writes it with the memory, which the machine has for itself alone, in such a way that the file can be another's memory. */
    void saveWithMemory() throws IOException, InterruptedException {
        // As fast as it can: QEMU keeps to 128 MiB/s otherwise, for a network's sake.
        ask("migrate-set-parameters", Map.of("max-bandwidth", 1L << 40, "multifd-channels", CHANNELS));
        with(WITH_MEMORY, "migrate", "write the state of a machine");
        memory().orElseThrow(() -> failure("write the memory of a machine", file + " has none"))
                .leaveThere(file);
    }

    /** Ends what QEMU writes for somebody who is gone. */
    void giveUp() throws InterruptedException {
        cancel();
        set(WITHOUT_MEMORY, false);
        set(WITH_MEMORY, false);
    }

    /** Otherwise QEMU goes on, and lets the machine stand still when it is done. */
    private void cancel() throws InterruptedException {
        ask("migrate_cancel", Map.of());
        new Run(event -> {})
                .await("", "stop writing a machine", LIMIT)
                .every(PAUSE)
                .until(this::rest);
    }

    private Reading<String> rest() {
        String status = ask("query-migrate", Map.of()).path("status").asText("none");
        return List.of("none", "completed", "failed", "cancelled").contains(status)
                ? new Reading.Ready<>(status)
                : new Reading.NotYet<>("QEMU: " + status);
    }

    /** Where the file has the memory, if it has it. */
    Optional<MappedRam> memory() throws IOException {
        return MappedRam.find(file, MemoryFile.ID);
    }

    void load() throws IOException, InterruptedException {
        with(memory().isPresent() ? WITH_MEMORY : WITHOUT_MEMORY, "migrate-incoming", "read the state of a machine");
    }

    /** Left on, capabilities would spoil what libvirt itself saves of this machine later. */
    private void with(List<String> capabilities, String command, String doing) throws InterruptedException {
        set(capabilities, true);
        try {
            ask(command, Map.of("uri", "file:" + file));
            new Run(event -> {}).await("", doing, LIMIT).every(PAUSE).until(this::progress);
            set(capabilities, false);
        } catch (LabFailure | InterruptedException failed) {
            undo(capabilities, failed);
            throw failed;
        }
    }

    private void undo(List<String> capabilities, Exception failed) throws InterruptedException {
        try {
            cancel();
            set(capabilities, false);
        } catch (LabFailure gone) {
            // QEMU ended, as a rule: what failed first says why.
            failed.addSuppressed(gone);
        }
    }

    private void set(List<String> capabilities, boolean isOn) {
        ask(
                "migrate-set-capabilities",
                Map.of(
                        "capabilities",
                        capabilities.stream()
                                .map(capability -> Map.of("capability", capability, "state", isOn))
                                .toList()));
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
