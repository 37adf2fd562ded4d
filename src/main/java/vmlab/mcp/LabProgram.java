package vmlab.mcp;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import vmlab.run.Environment;
import vmlab.run.LabFailure;

/**
 * The command {@code lab}, as a user would run it.
 *
 * @param command with what is said in front of each command's name
 */
record LabProgram(List<String> command) {

    /** Runs a tool's command to its end; {@code progress} is told each line that it says meanwhile. Interrupted, it ends as by Ctrl-C. */
    CallToolResult run(Tool tool, Map<String, Object> arguments, Consumer<String> progress)
            throws InterruptedException {
        Process process = start(Stream.concat(command.stream(), tool.commandLine(arguments).stream())
                .toList());
        Lines out = new Lines(tool.lines(arguments), line -> {});
        Lines said = new Lines(Lines.MOST, progress);
        List<Thread> readers = List.of(
                Thread.startVirtualThread(() -> out.read(process.inputReader(StandardCharsets.UTF_8))),
                Thread.startVirtualThread(() -> said.read(process.errorReader(StandardCharsets.UTF_8))));
        try {
            int status = process.waitFor();
            for (Thread reader : readers) {
                reader.join();
            }
            return Answer.of(status, tool.result().isPresent(), out.text(), said.text());
        } catch (InterruptedException cancelled) {
            // It winds down what it began.
            process.destroy();
            process.onExit().join();
            throw cancelled;
        }
    }

    private static Process start(List<String> command) {
        try {
            return Environment.process(command)
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .start();
        } catch (IOException error) {
            throw LabFailure.machine(
                    command.getFirst() + " could not be run", String.valueOf(error.getMessage()), "see what it is");
        }
    }
}
