package vmlab.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One address for several controllers; here each is a socket that answers every byte with its own name. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class BalancerTest {

    private static final Duration PACE = Duration.ofMillis(100);
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable it : opened) {
            it.close();
        }
    }

    @Test
    void everyControllerHasItsTurn() throws IOException {
        int port = balance(controller('a'), controller('b'), controller('c'));

        assertThat(IntStream.range(0, 6).mapToObj(_ -> ask(port))).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void aDeadControllerIsSkipped() throws IOException {
        int port = balance(dead(), controller('b'));

        assertThat(IntStream.range(0, 4).mapToObj(_ -> ask(port))).containsOnly("b");
    }

    @Test
    void aSilentControllerCostsASecondOnceAndThenNothing() throws IOException {
        int port = balance(silent(), controller('b'));
        assertThat(ask(port)).isEqualTo("b");

        long start = System.nanoTime();
        assertThat(IntStream.range(0, 10).mapToObj(_ -> ask(port))).containsOnly("b");
        // Five of them would have had the silent one's turn, a second each.
        assertThat(System.nanoTime() - start).isLessThan(4_000_000_000L);
    }

    @Test
    void whereNoControllerLivesTheClientIsToldAtOnce() throws IOException {
        assertThat(ask(balance(dead(), dead()))).isEmpty();
    }

    @Test
    void aControllerThatComesBackIsUsedAgain() throws IOException, InterruptedException {
        InetSocketAddress away = dead();
        int port = balance(away, controller('b'));
        assertThat(ask(port)).isEqualTo("b");

        controller('a', away);

        while (!ask(port).equals("a")) {
            Thread.sleep(50);
        }
    }

    @Test
    void aControllerThatComesBackWaitsUntilItIsWell() throws IOException, InterruptedException {
        InetSocketAddress away = dead();
        AtomicBoolean isWell = new AtomicBoolean();
        CountDownLatch wasAsked = new CountDownLatch(1);
        Predicate<InetSocketAddress> health = _ -> {
            wasAsked.countDown();
            return isWell.get();
        };
        int port = balance(health, away, controller('b'));
        assertThat(ask(port)).isEqualTo("b");

        controller('a', away);
        wasAsked.await();
        assertThat(IntStream.range(0, 4).mapToObj(_ -> ask(port))).containsOnly("b");

        isWell.set(true);
        while (!ask(port).equals("a")) {
            Thread.sleep(50);
        }
    }

    @Test
    void connectionsToAControllerThatNoLongerAcceptsAreClosedOnceAnotherOneFails() throws Exception {
        ServerSocket first = listen(ANY);
        CountDownLatch wasAsked = new CountDownLatch(1);
        Thread.startVirtualThread(() -> acceptAndSayNothing(first, wasAsked));
        int port = balance((InetSocketAddress) first.getLocalSocketAddress(), controller('b'));
        try (Socket waiting = new Socket("127.0.0.1", port)) {
            waiting.getOutputStream().write('?');
            wasAsked.await();
            first.close();
            Stream.generate(() -> ask(port)).limit(2).forEach(answer -> assertThat(answer)
                    .isEqualTo("b"));

            waiting.setSoTimeout(20_000);
            assertThat(endOf(waiting)).isTrue();
        }
    }

    @Test
    void afterItsEndNobodyAnswers() throws Exception {
        Balancer balancer = Balancer.open(ANY, List.of(controller('a')), _ -> true, PACE);
        int port = balancer.port();
        assertThat(ask(port)).isEqualTo("a");

        balancer.close();

        assertThat(ask(port)).isEmpty();
    }

    private int balance(InetSocketAddress... controllers) throws IOException {
        return balance(_ -> true, controllers);
    }

    private int balance(Predicate<InetSocketAddress> health, InetSocketAddress... controllers) throws IOException {
        Balancer balancer = Balancer.open(ANY, List.of(controllers), health, PACE);
        opened.add(balancer);
        return balancer.port();
    }

    private InetSocketAddress controller(char name) throws IOException {
        return controller(name, ANY);
    }

    private InetSocketAddress controller(char name, InetSocketAddress at) throws IOException {
        ServerSocket listener = listen(at);
        Thread.startVirtualThread(() -> {
            while (!listener.isClosed()) {
                try (Socket client = listener.accept()) {
                    if (client.getInputStream().read() >= 0) {
                        client.getOutputStream().write(name);
                    }
                } catch (IOException gone) {
                    return;
                }
            }
        });
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private ServerSocket listen(InetSocketAddress at) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(at);
        opened.add(listener);
        return listener;
    }

    private static void acceptAndSayNothing(ServerSocket listener, CountDownLatch wasAsked) {
        try {
            Socket kept = listener.accept();
            wasAsked.countDown();
            kept.getInputStream().readAllBytes();
        } catch (IOException gone) {
            return;
        }
    }

    /** An address at which nobody answers and nobody refuses: the queue of those who wait to be accepted is full. */
    private InetSocketAddress silent() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        opened.add(listener);
        while (true) {
            Socket waiting = new Socket();
            opened.add(waiting);
            try {
                waiting.connect(listener.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException full) {
                return (InetSocketAddress) listener.getLocalSocketAddress();
            }
        }
    }

    /** An address at which nobody listens. */
    private static InetSocketAddress dead() throws IOException {
        // An address of its own: a port that is free again is handed to the next one who asks for any.
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            return (InetSocketAddress) listener.getLocalSocketAddress();
        }
    }

    private static boolean endOf(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static String ask(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write('?');
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes());
        } catch (SocketException reset) {
            return "";
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
