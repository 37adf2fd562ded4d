package vmlab.kill;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import vmlab.plan.Plan;
import vmlab.run.Executable;
import vmlab.spec.Cidr;

/**
 * What stands in for the boot server, whose start would take a second: a process that ends with its lab and can't be there twice, as the
 * real one can't listen twice; and an answer to whoever asks for its health.
 */
record BootServers(Path lock, HttpServer health) implements AutoCloseable {

    private static final int MOST_NETWORKS = 200;

    private static final String SCRIPT = """
            exec 9> "$0"
            flock -n 9 || { echo 'Address already in use'; exit 1; }
            for config; do :; done
            while [ -e "$config" ] && kill -0 %d; do sleep 0.2 9>&-; done
            """.formatted(ProcessHandle.current().pid());

    /** On the first network of the loopback that no other test has now. */
    static BootServers onAFreeNetwork(Path lock) throws IOException {
        for (int third = 1; ; third++) {
            try {
                return at("127.77." + third + ".1", lock);
            } catch (BindException taken) {
                if (third == MOST_NETWORKS) {
                    throw taken;
                }
            }
        }
    }

    private static BootServers at(String address, Path lock) throws IOException {
        HttpServer health = HttpServer.create(new InetSocketAddress(address, Plan.BOOT_PORT), 0);
        health.createContext("/health", exchange -> {
            try (exchange) {
                byte[] text = "killed".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
            }
        });
        health.start();
        return new BootServers(lock, health);
    }

    Cidr network() {
        return Cidr.around((Inet4Address) health.getAddress().getAddress(), 24);
    }

    /** What is started in the place of lab. */
    Executable program() {
        return new Executable(List.of("sh", "-c", SCRIPT, lock.toString()));
    }

    @Override
    public void close() {
        health.stop(0);
    }
}
