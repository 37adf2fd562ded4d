package vmlab.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vmlab.spec.ImageName;

/**
 * The store as a registry for nodes, to be read only: the pull half of OCI's distribution specification. containerd asks it for images of
 * every registry, whose name it adds as {@code ns}. A request names a repository, a tag or a digest, and never a file.
 */
public final class NodeRegistry implements HttpHandler {

    /** The path of everything here. */
    public static final String PATH = "/v2/";

    private static final Pattern REQUEST = Pattern.compile(
            "/v2/(" + ImageName.REPOSITORY + ")/(manifests|blobs)/(" + ImageName.TAG + "|" + ImageName.DIGEST + ")");
    /** Longer than any request of a node's: each part of a path costs the matcher some of its stack. */
    private static final int LONGEST = 1000;

    private static final Pattern NAMESPACE = Pattern.compile("(?:^|&)ns=([A-Za-z0-9.:%-]+)(?:&|$)");

    private final ContainerStore store;
    private final BlobAnswer blobs;
    private final PullThrough pulls;
    private final BiConsumer<String, String> missing;

    /** Serves {@code store} and what {@code pulls} brings into it; {@code missing} is told who asked for which image in vain: an address and a text for people. */
    public NodeRegistry(ContainerStore store, PullThrough pulls, BiConsumer<String, String> missing) {
        this.pulls = pulls;
        this.store = store;
        this.blobs = new BlobAnswer(store);
        this.missing = missing;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getRawPath();
            Matcher asked = REQUEST.matcher(path);
            if (!method.equals("GET") && !method.equals("HEAD")) {
                fail(exchange, 405, "UNSUPPORTED", "this registry is read-only: lab load brings images in");
            } else if (path.equals(PATH)) {
                exchange.sendResponseHeaders(200, -1);
            } else if (path.length() > LONGEST || !asked.matches()) {
                fail(exchange, 404, "NAME_INVALID", "there is nothing of that name here");
            } else if (asked.group(2).equals("blobs")) {
                blob(exchange, asked.group(3));
            } else {
                manifest(exchange, name(exchange, asked.group(1), asked.group(3)));
            }
        }
    }

    private static Optional<ImageName> name(HttpExchange exchange, String repository, String reference) {
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        Matcher namespace = NAMESPACE.matcher(query);
        String registry = namespace.find() ? namespace.group(1) + "/" : "";
        return ImageName.find(registry + repository + (reference.contains(":") ? "@" : ":") + reference);
    }

    private void manifest(HttpExchange exchange, Optional<ImageName> name) throws IOException {
        if (name.isEmpty()) {
            fail(exchange, 404, "NAME_INVALID", "that is no name of an image");
            return;
        }
        Optional<StoredImage> image = store.find(name.get());
        String why = "";
        if (image.isEmpty()) {
            why = pulls.pull(name.get());
            image = store.find(name.get());
        } else if (image.get().onDemand()) {
            pulls.refresh(name.get(), image.get());
            image = store.find(name.get());
        }
        if (image.isPresent()) {
            BlobDigest digest = BlobDigest.parse(image.get().digest()).orElseThrow();
            blobs.send(exchange, digest, image.get().mediaType());
            return;
        }
        String text = MissingImage.text(name.get().toString(), why, store.similar(name.get()));
        missing.accept(exchange.getRemoteAddress().getAddress().getHostAddress(), text);
        // Of 403 alone containerd reads the text, which then stands among the pod's events; it still asks the image's
        // own registry.
        fail(exchange, 403, "DENIED", text);
    }

    private void blob(HttpExchange exchange, String reference) throws IOException {
        Optional<BlobDigest> digest = BlobDigest.parse(reference);
        if (digest.isPresent()) {
            blobs.send(exchange, digest.get(), "application/octet-stream");
        } else {
            fail(exchange, 404, "BLOB_UNKNOWN", "blobs are asked for by their digests");
        }
    }

    /** Answers with an error as the specification has it. */
    static void fail(HttpExchange exchange, int status, String code, String message) throws IOException {
        ObjectNode json = new JsonMapper().createObjectNode();
        json.putArray("errors").addObject().put("code", code).put("message", message);
        byte[] body = json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
    }
}
