package vmlab.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Two that send at once, over a transport that then loses one of the messages. */
class OneByOneTest {

    /** Sends for a while; whoever comes meanwhile has lost a message. */
    private record Fragile(Semaphore free, AtomicInteger sent) implements McpServerTransport {

        @Override
        public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
            return Mono.fromRunnable(() -> {
                if (!free.tryAcquire()) {
                    throw new IllegalStateException("Failed to enqueue message");
                }
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
                while (System.nanoTime() < until) {
                    Thread.yield();
                }
                sent.incrementAndGet();
                free.release();
            });
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }

    @Test
    void bothMessagesArrive() {
        AtomicInteger sent = new AtomicInteger();
        OneByOne transport = new OneByOne(new Fragile(new Semaphore(1), sent));
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 2; i++) {
                two.submit(() -> {
                    together.await();
                    return transport
                            .sendMessage(new McpSchema.JSONRPCNotification("notifications/progress", null))
                            .block();
                });
            }
        }
        assertThat(sent).hasValue(2);
    }
}
