package vmlab.net;

import static java.nio.channels.Channels.newReader;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * The way from the machine's own loopback into the embedded host, whose network is its own. It runs outside, next to the host, and ends
 * with it. A Unix socket in the file system knows no network namespace: a lab's boot server listens at one inside, and asks the door to
 * forward a loopback port to it. A request is a connection and a line, {@code open PORT PATH} (port 0: any free one) or
 * {@code close PORT}; the answer is {@code ok PORT} or {@code error TEXT}.
 */
public final class Door {

    private final Map<Integer, Opening> openings = new HashMap<>();

    private record Opening(Forward forward, Path target) {}

    /** {@code Door SOCKET PID}: serves requests at the socket for as long as process PID lives. */
    public static void main(String[] args) throws IOException {
        Path socket = Path.of(args[0]);
        serve(socket);
        ProcessHandle.of(Long.parseLong(args[1]))
                .ifPresent(host -> host.onExit().join());
        Files.deleteIfExists(socket);
        System.exit(0);
    }

    /** Listens for requests at {@code socket}, to which only this user may connect, until it is closed. */
    public static Entrance serve(Path socket) throws IOException {
        ServerSocketChannel requests = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        requests.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        Door door = new Door();
        return Entrance.of(requests, door::answerOne);
    }

    /** One after the other, or two could open the same port. */
    private void answerOne(SocketChannel client) {
        try (client) {
            answer(client);
        } catch (IOException gone) {
            // It does not wait for its answer.
        }
    }

    /**
     * Asks the door at {@code socket} to forward loopback {@code port} (0: any free one) to the Unix socket {@code target}, which need
     * not exist yet; asking again for what is open already changes nothing.
     *
     * @return the port, outside
     */
    public static int open(Path socket, int port, Path target) throws IOException {
        return ask(socket, "open " + port + " " + target.toAbsolutePath());
    }

    /** Asks the door at {@code socket} to forward {@code port} no longer; connections already made stay. */
    public static void close(Path socket, int port) throws IOException {
        ask(socket, "close " + port);
    }

    private static int ask(Path socket, String request) throws IOException {
        try (SocketChannel door = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            door.write(UTF_8.encode(request + "\n"));
            String answer = String.valueOf(line(door));
            if (!answer.startsWith("ok ")) {
                throw new IOException("the embedded host's door, asked to " + request + ": " + answer);
            }
            return Integer.parseInt(answer.substring("ok ".length()));
        }
    }

    private static String line(SocketChannel channel) throws IOException {
        return String.valueOf(new BufferedReader(newReader(channel, UTF_8)).readLine());
    }

    private void answer(SocketChannel client) throws IOException {
        String[] words = line(client).split(" ", 3);
        String answer;
        try {
            answer = switch (words[0]) {
                case "open" -> "ok " + open(Integer.parseInt(words[1]), Path.of(words[2]));
                case "close" -> "ok " + close(Integer.parseInt(words[1]));
                default -> "error neither open nor close";
            };
        } catch (IOException | RuntimeException error) {
            answer = "error " + error.getMessage();
        }
        client.write(UTF_8.encode(answer + "\n"));
    }

    private int open(int port, Path target) throws IOException {
        Opening there = openings.get(port);
        if (there != null && there.target.equals(target)) {
            return port;
        }
        Forward forward = Forward.fromLoopback(port, target);
        openings.put(forward.port(), new Opening(forward, target));
        return forward.port();
    }

    private int close(int port) throws IOException {
        Opening opening = openings.remove(port);
        if (opening != null) {
            opening.forward.close();
        }
        return port;
    }
}
