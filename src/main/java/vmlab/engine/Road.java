package vmlab.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** How this machine reaches the addresses of a lab; it ends with the engine. */
public interface Road extends AutoCloseable {

    /** Where the lab's networks are this machine's, too. */
    Road DIRECT = new Road() {
        @Override
        public InetSocketAddress to(InetSocketAddress there) {
            return there;
        }

        @Override
        public boolean isOpen(InetSocketAddress there, Duration limit) {
            try (Socket socket = new Socket()) {
                socket.connect(there, (int) limit.toMillis());
                return true;
            } catch (IOException closed) {
                return false;
            }
        }
    };

    /** Where to connect to, from here, for whoever wants to {@code there}. */
    InetSocketAddress to(InetSocketAddress there);

    /** Whether somebody accepts {@code there} within {@code limit}. */
    boolean isOpen(InetSocketAddress there, Duration limit);

    @Override
    default void close() {
        // Most need nothing.
    }
}
