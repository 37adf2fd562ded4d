package vmlab.ssh;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;

/** Short words for why there is no connection yet. */
final class NetworkWords {

    private NetworkWords() {}

    /** The reason in a few words, from the innermost cause. */
    static String of(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String said = String.valueOf(root.getMessage());
        return switch (root) {
            case NoRouteToHostException _ -> "no route: the node has no network yet";
            case ConnectException _ when said.contains("refused") -> "connection refused: sshd is not started yet";
            case ConnectException _ when said.contains("timed out") -> "no answer: the node has no network yet";
            case SocketTimeoutException _ -> "no answer";
            case TimeoutException _ -> "no answer";
            default -> said.contains("unreachable") ? "no route: the node has no network yet" : said;
        };
    }
}
