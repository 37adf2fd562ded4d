package vmlab.host;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Passes connections on, between loopback ports and Unix sockets alike: a virtual thread for each direction. */
public final class Relay {

    /** What is done with a connection; it is closed after. */
    public interface Handler {
        /** Returns when the connection has served its purpose. */
        void handle(SocketChannel client) throws IOException, InterruptedException;
    }

    private Relay() {}

    /** Handles each connection on a thread of its own, until {@code listener} is closed. Returns at once. */
    public static void accept(ServerSocketChannel listener, Handler handler) {
        Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    SocketChannel client = listener.accept();
                    Thread.startVirtualThread(() -> handle(client, handler));
                }
            } catch (IOException closed) {
                return;
            }
        });
    }

    /** Connects each client with {@code target}, which is looked up anew every time. */
    public static Handler to(SocketAddress target) {
        return client -> {
            try (SocketChannel server = SocketChannel.open(target)) {
                Thread here = Thread.currentThread();
                Thread back = Thread.startVirtualThread(() -> {
                    try {
                        copy(server, client);
                    } catch (IOException clientGone) {
                        here.interrupt(); // which closes the channel it waits at
                    }
                });
                copy(client, server);
                back.join();
            }
        };
    }

    private static void handle(SocketChannel client, Handler handler) {
        try (client) {
            handler.handle(client);
        } catch (IOException | InterruptedException ended) {
            return; // whoever connected sees the connection end
        }
    }

    /** Copies until one side ends, and tells the other. */
    private static void copy(SocketChannel from, SocketChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        while (from.read(buffer) >= 0) {
            to.write(buffer.flip());
            buffer.clear();
        }
        to.shutdownOutput();
    }
}
