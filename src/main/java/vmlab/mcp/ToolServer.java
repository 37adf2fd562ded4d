package vmlab.mcp;

import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import vmlab.run.LabFailure;
import vmlab.site.Version;

/** Serves one client from its first message to its last. Calls run side by side, each a command in a process of its own. */
public final class ToolServer {

    private final LabProgram lab;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Of the program {@code lab}, with what is to be said in front of each command's name. */
    public ToolServer(List<String> lab) {
        this.lab = new LabProgram(lab);
    }

    /** Serves until there is nothing more to read, or until interrupted; returns when all commands that it began have ended. */
    public void serve(InputStream in, OutputStream out) throws InterruptedException {
        WatchedInput input = new WatchedInput(in);
        var tools = Tool.all().stream()
                .map(tool ->
                        new AsyncToolSpecification(tool.schema(), (client, request) -> called(tool, client, request)))
                .toList();
        try (calls) {
            McpServer.async(new Stdio(input, out, ended::countDown))
                    .serverInfo("lab", Version.TEXT)
                    .capabilities(
                            McpSchema.ServerCapabilities.builder().tools(false).build())
                    .tools(tools)
                    .build();
            try {
                ended.await();
            } finally {
                calls.shutdownNow();
            }
        }
        if (!input.hasEnded()) {
            throw LabFailure.input(
                    "what comes in on stdin is not the Model Context Protocol",
                    "a line of it is no message of JSON-RPC",
                    "let an agent start lab mcp: lab mcp --help says how");
        }
    }

    private Mono<CallToolResult> called(Tool tool, McpAsyncServerExchange client, CallToolRequest request) {
        return Mono.create(answer -> {
            Future<?> call = calls.submit(() -> {
                try {
                    answer.success(lab.run(
                            tool,
                            Optional.ofNullable(request.arguments()).orElse(Map.of()),
                            progress(client, request.progressToken())));
                } catch (RuntimeException failure) {
                    answer.error(failure);
                } catch (InterruptedException cancelled) {
                    answer.success();
                }
            });
            answer.onCancel(() -> call.cancel(true));
        });
    }

    /** What tells the client of each line, where it asked for that. */
    private static Consumer<String> progress(McpAsyncServerExchange client, Object token) {
        if (token == null) {
            return line -> {};
        }
        AtomicInteger count = new AtomicInteger();
        return line -> client.progressNotification(
                        McpSchema.ProgressNotification.builder(token, count.incrementAndGet())
                                .message(line)
                                .build())
                .onErrorComplete()
                .subscribe();
    }
}
