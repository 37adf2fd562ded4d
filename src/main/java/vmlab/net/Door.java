package vmlab.net;

import static java.nio.channels.Channels.newReader;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The way from the machine's own loopback into the embedded host, whose network is its own. It runs outside, next to the host, and ends
 * with it. A Unix socket in the file system knows no network namespace: a lab's boot server listens at one inside, and asks the door to
 * forward a loopback port to it. A request is a connection and a line, {@code open PORT PATH} (port 0: any free one),
 * {@code hold PORT PATH} (the same, until the connection ends) or {@code close PORT}; the answer is {@code ok PORT} or {@code error TEXT}.
 */
public final class Door {

    /** What an answer begins with that is a refusal. */
    private static final String ERROR = "error ";

    private final Map<Integer, Opening> openings = new HashMap<>();

    private record Opening(Forward forward, Path target) {
        int port() {
            return forward.port();
        }
    }

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

    private void answerOne(SocketChannel client) {
        try {
            Optional<Opening> held = answer(client);
            held.ifPresent(opening -> Thread.startVirtualThread(() -> awaitEnd(client, opening)));
            if (held.isEmpty()) {
                client.close();
            }
        } catch (IOException gone) {
            // It does not wait for its answer.
            Pump.close(client);
        }
    }

    /** Closes what is held when its holder is gone, also one that was killed. */
    private void awaitEnd(SocketChannel holder, Opening opening) {
        try (holder) {
            while (holder.read(ByteBuffer.allocate(1)) >= 0) {
                // It has nothing more to say.
            }
        } catch (IOException gone) {
            // As good as closed.
        }
        close(opening);
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

    /**
     * Asks the door at {@code socket} to forward loopback {@code port} to the Unix socket {@code target}, which need not exist yet, until the
     * returned is closed or this process ends.
     */
    public static Closeable hold(Path socket, int port, Path target) throws IOException {
        SocketChannel door = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            ask(door, "hold " + port + " " + target.toAbsolutePath());
            return door;
        } catch (IOException refused) {
            door.close();
            throw refused;
        }
    }

    /** Where the door of the embedded host is whose labs are in {@code home}. */
    public static Path socket(Path home) {
        return home.resolve("host").resolve("door.sock");
    }

    /** Asks the door at {@code socket} to forward {@code port} no longer; connections already made stay. */
    public static void close(Path socket, int port) throws IOException {
        ask(socket, "close " + port);
    }

    private static int ask(Path socket, String request) throws IOException {
        try (SocketChannel door = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return ask(door, request);
        }
    }

    private static int ask(SocketChannel door, String request) throws IOException {
        door.write(UTF_8.encode(request + "\n"));
        String answer = String.valueOf(line(door));
        if (answer.startsWith(ERROR)) {
            throw new IOException(answer.substring(ERROR.length()));
        }
        if (!answer.startsWith("ok ")) {
            throw new IOException("the embedded host's door, asked to " + request + ", says " + answer);
        }
        return Integer.parseInt(answer.substring("ok ".length()));
    }

    private static String line(SocketChannel channel) throws IOException {
        return String.valueOf(new BufferedReader(newReader(channel, UTF_8)).readLine());
    }

    /** Answers; returns what is held by this connection, where it is. */
    private Optional<Opening> answer(SocketChannel client) throws IOException {
        String[] words = line(client).split(" ", 3);
        Optional<Opening> held = Optional.empty();
        String answer;
        try {
            answer = switch (words[0]) {
                case "open" ->
                    "ok " + open(Integer.parseInt(words[1]), Path.of(words[2])).port();
                case "hold" -> {
                    held = Optional.of(open(Integer.parseInt(words[1]), Path.of(words[2])));
                    yield "ok " + held.get().port();
                }
                case "close" -> "ok " + close(Integer.parseInt(words[1]));
                default -> ERROR + "neither open, hold nor close";
            };
        } catch (IOException | RuntimeException error) {
            answer = ERROR + error.getMessage();
        }
        try {
            client.write(UTF_8.encode(answer + "\n"));
        } catch (IOException gone) {
            held.ifPresent(this::close);
            throw gone;
        }
        return held;
    }

    /** One after the other, or two could open the same port. What is opened again is the later one's. */
    private synchronized Opening open(int port, Path target) throws IOException {
        Opening there = openings.get(port);
        Forward forward =
                there != null && there.target.equals(target) ? there.forward : Forward.fromLoopback(port, target);
        Opening opening = new Opening(forward, target);
        openings.put(forward.port(), opening);
        return opening;
    }

    private synchronized void close(Opening opening) {
        if (openings.get(opening.port()) == opening) {
            try {
                close(opening.port());
            } catch (IOException closedAnyway) {
                return;
            }
        }
    }

    private synchronized int close(int port) throws IOException {
        Opening opening = openings.remove(port);
        if (opening != null) {
            opening.forward.close();
        }
        return port;
    }
}
