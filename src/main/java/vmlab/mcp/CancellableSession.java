package vmlab.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A session that heeds {@code notifications/cancelled}, which the SDK's own does not: the call ends, and nothing is answered. */
final class CancellableSession extends McpServerSession {

    private static final String CANCELLED = "notifications/cancelled";

    private final McpServerSession session;
    private final Runnable ended;
    private final Map<Object, Sinks.Empty<Void>> calls = new ConcurrentHashMap<>();

    CancellableSession(McpServerSession session, McpServerTransport transport, Runnable ended) {
        super(session.getId(), Duration.ZERO, transport, request -> Mono.empty(), Map.of(), Map.of());
        this.session = session;
        this.ended = ended;
    }

    @Override
    public Mono<Void> handle(McpSchema.JSONRPCMessage message) {
        return switch (message) {
            case McpSchema.JSONRPCNotification note
            when note.method().equals(CANCELLED) -> Mono.fromRunnable(() -> cancel(note.params()));
            case McpSchema.JSONRPCRequest request
            when request.method().equals(McpSchema.METHOD_TOOLS_CALL) -> call(request);
            default -> session.handle(message);
        };
    }

    private Mono<Void> call(McpSchema.JSONRPCRequest request) {
        Sinks.Empty<Void> cancelled = Sinks.empty();
        calls.put(request.id(), cancelled);
        return session.handle(request)
                .takeUntilOther(cancelled.asMono())
                .doFinally(signal -> calls.remove(request.id(), cancelled));
    }

    private void cancel(Object params) {
        if (params instanceof Map<?, ?> named && named.get("requestId") instanceof Object id) {
            Optional.ofNullable(calls.get(id)).ifPresent(Sinks.Empty::tryEmitEmpty);
        }
    }

    @Override
    public Mono<Void> closeGracefully() {
        return session.closeGracefully();
    }

    @Override
    public void close() {
        session.close();
        ended.run();
    }
}
