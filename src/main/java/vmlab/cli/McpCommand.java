package vmlab.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import vmlab.mcp.ToolServer;

/** {@code lab mcp}. */
@Command(
        name = "mcp",
        description = {
            "Serve lab's commands as tools to an agent (Model Context Protocol on stdin and stdout).",
            "Tools: up, list, status, diagnose, logs, test, down; each does what the command does, and answers with its result and exit status. The agent starts and ends it, with the commands that still run."
        },
        footer = {
            "",
            "To register it with an agent:",
            "  {\"mcpServers\": {\"lab\": {\"command\": \"lab\", \"args\": [\"mcp\"]}}}",
            "A first up takes minutes: where the agent limits how long a tool may take, let it wait for 20 minutes.",
            "Paths are relative to the folder that the agent starts it in. LAB_HOME and --connect hold for all tools."
        })
final class McpCommand implements Callable<Integer> {

    @Override
    public Integer call() throws InterruptedException {
        Surroundings here = Surroundings.forImages();
        Stream<String> program =
                Stream.of(here.installation().resolve("scripts/lab").toString());
        List<String> lab = Stream.concat(program, here.asked().stream().map(uri -> "--connect=" + uri))
                .toList();
        PrintStream protocol = System.out;
        // Whoever else prints says nothing that is of the protocol.
        System.setOut(System.err);
        new ToolServer(lab).serve(System.in, protocol);
        return 0;
    }
}
