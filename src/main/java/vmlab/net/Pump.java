package vmlab.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Passes on what two ends say to each other; knows nothing of what passes through. */
public final class Pump {

    private Pump() {}

    /**
     * Passes on, both ways, until both have said all. A connection that breaks ends the other: nobody shall wait for an answer that can't
     * come.
     *
     * @param onRequest run each time that the client said something, before it is passed on
     * @param onAnswer the same for the server
     */
    public static void run(SocketChannel client, SocketChannel server, Runnable onRequest, Runnable onAnswer)
            throws InterruptedException {
        Thread back = Thread.startVirtualThread(() -> copy(server, client, onAnswer));
        copy(client, server, onRequest);
        back.join();
    }

    /** Copies until one side ends, and tells the other. */
    private static void copy(SocketChannel from, SocketChannel to, Runnable onBytes) {
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        try {
            while (from.read(buffer) >= 0) {
                onBytes.run();
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            close(from);
            close(to);
        }
    }

    /** Closes a connection, whatever state it is in. */
    static void close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException closedAnyway) {
            return;
        }
    }
}
