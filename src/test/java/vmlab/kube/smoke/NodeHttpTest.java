package vmlab.kube.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import vmlab.run.Reading;

/** Pages of nodes' ports. */
class NodeHttpTest {

    @Test
    void aNodeWhoseNetworkIsElsewhereIsAskedOverTheRoadThatLeadsThere() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hostname", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("cp".getBytes());
            exchange.close();
        });
        server.start();
        URI node = NodeHttp.at("192.0.2.11", 31236, "/hostname");
        try (NodeHttp http = new NodeHttp(there -> there.equals(new InetSocketAddress("192.0.2.11", 31236))
                ? server.getAddress()
                : new InetSocketAddress("127.0.0.1", 1))) {
            assertThat(http.get(node, (status, body) -> new Reading.Ready<>(status + " " + body)))
                    .isEqualTo(new Reading.Ready<>("200 cp"));
        } finally {
            server.stop(0);
        }
    }
}
