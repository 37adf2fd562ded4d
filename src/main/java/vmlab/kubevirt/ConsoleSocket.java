package vmlab.kubevirt;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import vmlab.engine.Console;
import vmlab.run.LabFailure;

/** A machine's serial console over a WebSocket of KubeVirt's API, whose messages are what either side wrote. */
record ConsoleSocket(KubernetesClient client, Place machine) implements Console.Line {

    /** Messages without a channel's number before them. */
    private static final String PROTOCOL = "plain.kubevirt.io";

    private static final int NORMAL = 1000;
    private static final int SECONDS = 30;
    private static final int CHUNK = 1024;

    @Override
    public boolean join(InputStream keys, OutputStream screen) throws InterruptedException {
        Shown shown = new Shown(screen, new CompletableFuture<>());
        WebSocket socket = open(shown);
        try {
            Thread.startVirtualThread(() -> type(keys, socket, shown.end));
            return shown.end.get();
        } catch (ExecutionException broken) {
            throw failure(new KubernetesClientException("the connection broke", broken.getCause()));
        } finally {
            socket.sendClose(NORMAL, "");
        }
    }

    private WebSocket open(Shown shown) throws InterruptedException {
        try {
            return client.getHttpClient()
                    .newWebSocketBuilder()
                    .uri(machine.ofRunning(client, "console"))
                    .subprotocol(PROTOCOL)
                    .buildAsync(shown)
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException error) {
            throw error.getCause() instanceof WebSocketHandshakeException refused
                    ? refused(new KubernetesClientException(
                            refused.getResponse().message(),
                            refused.getResponse().code(),
                            null))
                    : failure(new KubernetesClientException("no connection", error.getCause()));
        } catch (TimeoutException error) {
            throw failure(new KubernetesClientException("timed out after " + SECONDS + " s", error));
        }
    }

    private LabFailure refused(KubernetesClientException error) {
        return ClusterErrors.isGone(error)
                ? LabFailure.lab(
                        "there is no console of " + machine.name(),
                        "its machine does not run",
                        "lab start LAB switches it on")
                : failure(error);
    }

    private LabFailure failure(KubernetesClientException error) {
        return ClusterErrors.failure("connect to the console of " + machine.name(), error);
    }

    private static void type(InputStream keys, WebSocket socket, CompletableFuture<Boolean> end) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int length = keys.read(chunk); length >= 0; length = keys.read(chunk)) {
                socket.send(ByteBuffer.wrap(chunk.clone(), 0, length));
            }
            end.complete(true);
        } catch (IOException error) {
            end.completeExceptionally(error);
        }
    }

    /** Writes what comes; one message is asked for at a time. */
    private record Shown(OutputStream screen, CompletableFuture<Boolean> end) implements WebSocket.Listener {

        @Override
        public void onMessage(WebSocket socket, String text) {
            onMessage(socket, StandardCharsets.UTF_8.encode(text));
        }

        @Override
        public void onMessage(WebSocket socket, ByteBuffer bytes) {
            byte[] said = new byte[bytes.remaining()];
            bytes.get(said);
            try {
                screen.write(said);
                screen.flush();
                socket.request();
            } catch (IOException gone) {
                end.completeExceptionally(gone);
            }
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason) {
            end.complete(false);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end.completeExceptionally(error);
        }
    }
}
