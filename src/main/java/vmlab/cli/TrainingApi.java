package vmlab.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers on loopback like the API server of a cluster that is Ready, for {@code lab train} to ask. */
final class TrainingApi implements AutoCloseable {

    private static final Map<String, String> ANSWERS =
            Map.of("/readyz", "ok", "/api/v1/nodes", """
            {"kind": "NodeList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": [
              {"metadata": {"name": "cp"}, "spec": {"podCIDR": "10.244.0.0/24"}, "status": {
                "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "ready"}],
                "addresses": [{"type": "InternalIP", "address": "10.77.0.11"}],
                "nodeInfo": {"kubeletVersion": "v1.36.3"}}}]}""", "/api/v1/namespaces/kube-system/pods", """
            {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": [
              {"metadata": {"name": "coredns", "namespace": "kube-system"},
               "spec": {"containers": [{"name": "coredns", "image": "coredns"}]},
               "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}], "containerStatuses": [
                 {"name": "coredns", "ready": true, "restartCount": 0, "image": "coredns", "imageID": "", "state": {"running": {}}}]}}]}""");

    /** A lab in a cluster with KubeVirt: its network and a machine. */
    private static final Map<String, String> LAB = Map.of(
            "/apis/k8s.cni.cncf.io/v1/network-attachment-definitions",
            list("""
            {"apiVersion": "k8s.cni.cncf.io/v1", "kind": "NetworkAttachmentDefinition", "metadata": {"name": "boot", "namespace": "lab-far",
              "annotations": {"lab.k0s/mark": "{\\"lab\\": \\"far\\", \\"id\\": \\"1\\", \\"home\\": \\"/\\"}",
                "lab.k0s/network": "{\\"cidr\\": \\"10.77.0.0/24\\", \\"addresses\\": {\\"cp\\": \\"10.77.0.11\\"}}"}}}"""),
            "/apis/kubevirt.io/v1/virtualmachines",
            list("""
            {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachine", "metadata": {"name": "cp", "namespace": "lab-far",
              "annotations": {"lab.k0s/mark": "{\\"lab\\": \\"far\\", \\"id\\": \\"1\\", \\"home\\": \\"/\\", \\"node\\": \\"cp\\"}"}},
              "status": {"created": true, "printableStatus": "Running"}}"""));

    private final HttpServer server;

    private static String list(String item) {
        return "{\"kind\": \"List\", \"apiVersion\": \"v1\", \"metadata\": {}, \"items\": [" + item + "]}";
    }

    TrainingApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", TrainingApi::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body =
                    ANSWERS.getOrDefault(path, LAB.getOrDefault(path, "{}")).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
