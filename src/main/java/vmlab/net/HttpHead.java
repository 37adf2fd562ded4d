package vmlab.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** What a message of HTTP begins with: a request or an answer, and its header. */
final class HttpHead {

    private static final int LONGEST = 8192;

    private HttpHead() {}

    /** The head, as far as it came, and not a byte of what follows. */
    static String read(SocketChannel from) throws IOException {
        InputStream in = Channels.newInputStream(from);
        StringBuilder head = new StringBuilder();
        while (head.length() < LONGEST && head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
